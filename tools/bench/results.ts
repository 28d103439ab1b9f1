import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../infra/local/checkout';
import type { Figure } from './figures';
import type { Machine } from './machine';

/** What one bench found, last time it was run in full. */
export interface Result {
  target: string;
  machine: Machine;
  figures: Figure[];
}

export type Results = Record<string, Result>;

const FILE = join(checkoutRoot(), 'docs', 'reference', 'bench.json');

export const readResults = (): Results => (existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Results) : {});

/** Each bench keeps its own machine and commit: one can be measured anew without the others. */
export function keepResult(name: string, result: Result): void {
  const results = { ...readResults(), [name]: result };
  const sorted = Object.fromEntries(Object.entries(results).sort(([a], [b]) => a.localeCompare(b)));
  writeFileSync(FILE, `${JSON.stringify(sorted, shorter, 2)}\n`);
}

/** Five significant digits: more would be noise in every diff. */
const shorter = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(5)) : value;
