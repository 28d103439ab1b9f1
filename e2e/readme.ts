import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../infra/local/checkout';

export interface Walk {
  /** The README's shell blocks of the walk-through, one script. */
  script: string;
  /** What it must print, in order: the README's own `#→` lines. */
  expected: string[];
}

/** The blocks that a reader would type, as they stand in the README (those marked `run=` are started otherwise). */
export function walkThrough(): Walk {
  const text = readFileSync(join(checkoutRoot(), 'README.md'), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block]) => block ?? '');
  const script = blocks.join('\n');
  const expected = [...script.matchAll(/^#→ (.+)$/gm)].map(([, line]) => line ?? '');
  return { script, expected };
}
