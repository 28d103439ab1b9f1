import type { ServiceDefinition } from '@homeward/bootstrap';
import { uuidv7 } from '@homeward/kernel';
import {
  connectionOf,
  countErasable,
  openPools,
  type CommandContext,
  type DatabaseConfig,
  type Pools,
} from '@homeward/persistence';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { setTimeout as after } from 'node:timers/promises';

/** A service as the one who erases needs it. */
export interface Holding {
  definition: ServiceDefinition;
  config: DatabaseConfig;
  worker: Pools['worker'];
}

/** What a table would lose of a person. */
export type Loss = {
  service: string;
  table: string;
  rows: number;
  loses: string;
  what: string;
};

/** Opens every service's database, and closes them. */
export async function withHoldings<T>(
  configs: readonly Pick<Holding, 'definition' | 'config'>[],
  work: (holdings: Holding[]) => Promise<T>,
): Promise<T> {
  const opened = configs.map(({ definition, config }) => ({ definition, config, pools: openPools(config) }));
  try {
    return await work(opened.map(({ pools: { worker }, ...holding }) => ({ ...holding, worker })));
  } finally {
    for (const { pools } of opened) await pools.end();
  }
}

/** Of each service and table that still holds something. */
export async function lossesOf(holdings: readonly Holding[], ids: readonly string[]): Promise<Loss[]> {
  const losses: Loss[] = [];
  for (const { definition, worker } of holdings) {
    for (const part of definition.erasable) {
      const rows = await rowsOf(worker, countErasable(part, ids));
      const loses = part.columns ? Object.keys(part.columns).join(', ') : 'whole rows';
      if (rows > 0) losses.push({ service: definition.name, table: part.table, rows, loses, what: part.what });
    }
  }
  return losses;
}

/** What still goes on about the person, in words. */
export async function stillOpenOf(holdings: readonly Holding[], ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const { definition, worker } of holdings) {
    for (const { what, count } of definition.stillOpen ?? []) {
      const rows = await rowsOf(worker, { text: count, values: [ids] });
      if (rows > 0) found.push(`${definition.name}: ${what} (${rows})`);
    }
  }
  return found;
}

const EVERY_MS = 200;

/** The services hear of it through the log; what is left when they had long enough. */
export async function leftAfter(holdings: readonly Holding[], ids: readonly string[], ms: number): Promise<Loss[]> {
  const until = Date.now() + ms;
  for (;;) {
    const left = await lossesOf(holdings, ids);
    if (left.length === 0 || Date.now() > until) return left;
    await after(EVERY_MS);
  }
}

/** A deleted row stays in its page until then. As the owner: nobody else may. */
export async function vacuum(holdings: readonly Holding[]): Promise<void> {
  for (const { definition, config } of holdings) {
    const client = new Client(connectionOf(config, 'owner'));
    await client.connect();
    try {
      for (const { table } of definition.erasable) await client.query(`VACUUM ${table}`);
    } finally {
      await client.end();
    }
  }
}

/** Who approved it acts, and the audit says why. */
export const approvedContext = (approvedBy: string, reason: string): CommandContext => ({
  principal: { organisation: 'people', sub: approvedBy, teams: [], roles: ['operator'], purpose: `erasure/${reason}` },
  role: 'operator',
  action: 'erase-person',
  route: 'ops erase',
  correlationId: uuidv7(),
  // What the services do about it is one trace, though nothing is recorded of this process.
  traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
});

async function rowsOf(worker: Pools['worker'], { text, values }: { text: string; values: unknown[] }): Promise<number> {
  return (await worker.query<{ rows: number }>(text, values)).rows[0]?.rows ?? 0;
}
