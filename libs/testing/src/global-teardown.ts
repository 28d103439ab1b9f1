import { rmSync } from 'node:fs';
import { takeForTeardown } from './run-infrastructure';

export default async function globalTeardown(): Promise<void> {
  const run = takeForTeardown();
  if (run === undefined) return;
  await Promise.all([run.kafka?.forget(), run.postgres.stop()]);
  rmSync(run.folder, { recursive: true, force: true });
}
