import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfTree, verdictOf } from '../chaos/mutants';
import type { AccessMutant } from './access-mutants';

/** A mutant of each `every`, beginning with the first: so that a run of a few has some of every kind. */
export const sampleOf = (all: AccessMutant[], count: number): AccessMutant[] => {
  const every = Math.max(1, all.length / count);
  return Array.from({ length: Math.min(count, all.length) }, (_, n) => all[Math.floor(n * every)]!);
};

/** Each in turn in one copy of the tree; answers how many turned their suite red. */
export function runAccessMutants(chosen: AccessMutant[], say: (line: string) => void): number {
  const copy = copyOfTree();
  let caught = 0;
  try {
    for (const { name, file, mutate, suite, first } of chosen) {
      const path = join(copy, file);
      const before = readFileSync(path, 'utf8');
      writeFileSync(path, mutate(before));
      const verdict = verdictOf(copy, { suite, needsKafka: false }, first);
      writeFileSync(path, before);
      if (verdict === 'caught') caught += 1;
      say(`${verdict === 'caught' ? 'caught' : 'ALIVE '}  ${name}${verdict === 'caught' ? '' : `: ${verdict}`}`);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  return caught;
}
