import { figure, quantile, type Figure, type Target } from './figures';
import type { Stage } from './stage';

/** One side of a comparison: measured many times, the two sides in turn. */
export interface Contender {
  what: string;
  /** One measurement. The first of each is thrown away: it warms up. */
  measure(): Promise<number>;
}

interface Comparison {
  what: string;
  unit: string;
  a: Contender;
  b: Contender;
  target?: Target;
  /** `a / b` unless given: `b / a` for times, where less is more. */
  ratio?: (a: number, b: number) => number;
}

/**
 * A / B, measured in pairs A,B,B,A,…: what slows the machine for a while slows both sides of a pair, and neither side is
 * always the second. Each pair is a sample; medians are taken of the pairs' ratios, never of the sides apart.
 */
export async function compare(stage: Stage, { what, unit, a, b, target, ratio }: Comparison): Promise<Figure> {
  const quotient = ratio ?? ((of: number, by: number) => of / by);
  await a.measure();
  await b.measure();
  const as: number[] = [];
  const bs: number[] = [];
  for (let pair = 0; pair < stage.pairs; pair += 1) {
    const turns: [number[], Contender][] = [
      [as, a],
      [bs, b],
    ];
    for (const [samples, side] of pair % 2 === 0 ? turns : turns.reverse()) samples.push(await side.measure());
    stage.say(`  ${a.what} ${round(as[pair])}, ${b.what} ${round(bs[pair])} ${unit}`);
  }
  const ratios = as.map((of, pair) => quotient(of, bs[pair] ?? NaN));
  const side = (contender: Contender, samples: number[]) => ({
    ...{ what: contender.what, unit, samples },
    median: quantile(samples, 0.5),
  });
  return { ...figure(what, 'ratio', ratios, target), pairs: { a: side(a, as), b: side(b, bs) } };
}

const round = (value = NaN): string => value.toPrecision(4);
