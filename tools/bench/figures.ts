/** One number that was measured several times, with what it has to be. */
export interface Figure {
  what: string;
  /** `events/s`, `ms`; `ratio` for A / B. */
  unit: string;
  samples: number[];
  median: number;
  quartiles: [number, number];
  /** The quartiles are so far apart that the median says nothing: it is shown as no figure. */
  noisy: boolean;
  target?: Target;
  /** Undefined where there is no target, and where noise leaves it open: its quartiles are on both sides. */
  met?: boolean;
  /** Of a ratio: what was measured in each pair. */
  pairs?: { a: Side; b: Side };
}

export type Target = { atLeast: number } | { atMost: number };

interface Side {
  what: string;
  unit: string;
  median: number;
  samples: number[];
}

/** Quartiles further apart than this share of the median are noise. */
const NOISE = 0.15;

export function figure(what: string, unit: string, samples: number[], target?: Target): Figure {
  const median = quantile(samples, 0.5);
  const quartiles: Figure['quartiles'] = [quantile(samples, 0.25), quantile(samples, 0.75)];
  const noisy = quartiles[1] - quartiles[0] > NOISE * Math.abs(median);
  const met = target && verdict(noisy ? quartiles : [median], target);
  return { what, unit, samples, median, quartiles, noisy, target, met };
}

/** For what is true of every run or of none, such as "repeats at most one batch": the worst one counts, noise or not. */
export function worst(what: string, unit: string, samples: number[], target: Target): Figure {
  const one = 'atLeast' in target ? Math.min(...samples) : Math.max(...samples);
  return { ...figure(what, unit, [one], target), samples };
}

function verdict(values: number[], target: Target): boolean | undefined {
  const reached = values.map((value) => reaches(value, target));
  return new Set(reached).size === 1 ? reached[0] : undefined;
}

export function reaches(value: number, target: Target): boolean {
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
}

/** Linear between the two nearest samples. */
export function quantile(samples: number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? NaN;
  return low + (high - low) * (at - Math.floor(at));
}
