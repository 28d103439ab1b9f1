import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkoutRoot } from '../infra/local/checkout';
import { freeBlock } from '../tools/start/ports';
import { System } from '../tools/start/system';

/** The whole system on a set of ports and in a folder of its own; built first, since its processes run from dist/. */
export async function startSystem(
  log: 'postgres' | 'kafka',
  environment: Record<string, string> = {},
): Promise<System> {
  execFileSync(process.execPath, [join(checkoutRoot(), 'tools', 'build.mjs')]);
  const folder = mkdtempSync(join(tmpdir(), 'homeward-e2e-'));
  const first = 20_080 + (process.pid % 100) * 100; // below the range that outgoing connections are given
  const system = new System({
    ports: await freeBlock(first, () => undefined),
    folder,
    kafka: log === 'kafka',
    environment: { KAFKA_PREFIX: `e2e-${randomBytes(4).toString('hex')}.`, ...environment },
  });
  try {
    await system.start();
    return system;
  } catch (error) {
    await system.stop();
    throw error;
  }
}
