import type { Figure } from './figures';
import type { Stage } from './stage';

/** A question about speed and how it is answered. A file `<name>.bench.ts` exports one; `benches.ts` lists them. */
export interface Bench {
  name: string;
  /** What is asked of it, in words. */
  target: string;
  /** Starts what it needs on the stage, which ends all of it afterwards. */
  run(stage: Stage): Promise<Figure[]>;
}
