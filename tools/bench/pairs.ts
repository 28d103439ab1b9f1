import { figure, quantile, type Figure, type Target } from './figures';
import type { Stage } from './stage';

/** One side of a comparison: measured many times, the two sides in turn. */
export interface Contender {
  what: string;
  /** One measurement. The first of each is thrown away: it warms up. */
  measure(): Promise<number>;
}

type Pair = [a: number, b: number];

interface Named {
  what: string;
  unit: string;
  target?: Target;
}

interface Comparison extends Named {
  a: Contender;
  b: Contender;
  /** `a / b` unless given: `b / a` for times, where less is more. */
  ratio?: (a: number, b: number) => number;
}

interface CallByCall extends Named {
  a: string;
  b: string;
  /** Measures both sides, their calls in turn A,B,B,A. The first is thrown away: it warms up. */
  measure(): Promise<Pair>;
}

/**
 * A / B, measured in pairs A,B,B,A,…: what slows the machine for a while slows both sides of a pair, and neither side is
 * always the second. Each pair is a sample; medians are taken of the pairs' ratios, never of the sides apart.
 */
export async function compare(stage: Stage, { a, b, ratio, ...named }: Comparison): Promise<Figure> {
  let pair = 0;
  const measure = async (): Promise<Pair> => {
    if (pair++ % 2 === 0) return [await a.measure(), await b.measure()];
    const second = await b.measure();
    return [await a.measure(), second];
  };
  return inPairs(stage, { ...named, a: a.what, b: b.what, measure }, ratio);
}

/** A / B of tails: a disk that is slow for a second is slow for both sides, which take turns call by call. */
export const compareCallByCall = (stage: Stage, comparison: CallByCall): Promise<Figure> => inPairs(stage, comparison);

async function inPairs(
  stage: Stage,
  { what, unit, target, a, b, measure }: CallByCall,
  ratio = (of: number, by: number): number => of / by,
): Promise<Figure> {
  await measure();
  const pairs: Pair[] = [];
  for (let n = 0; n < stage.pairs; n += 1) {
    const pair = await measure();
    pairs.push(pair);
    stage.say(`  ${a} ${pair[0].toPrecision(4)}, ${b} ${pair[1].toPrecision(4)} ${unit}`);
  }
  const side = (name: string, samples: number[]) => ({ what: name, unit, samples, median: quantile(samples, 0.5) });
  const ratios = pairs.map(([of, by]) => ratio(of, by));
  const [as, bs] = [pairs.map(([of]) => of), pairs.map(([, by]) => by)];
  return { ...figure(what, 'ratio', ratios, target), pairs: { a: side(a, as), b: side(b, bs) } };
}
