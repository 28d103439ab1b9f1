import { referralsDeadlines } from '@homeward/contracts';
import { systemClock, uuidv4, uuidv7, type Clock } from '@homeward/kernel';
import { Database, foundationTables, type MigrationClass, type Outcome } from '@homeward/persistence';
import { caller, commandOf, createServiceDatabase, type ServiceDatabase } from '@homeward/testing';
import type { Pool } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DeadlineClock } from './clock';
import type { Move } from './domain/deadline';
import { movedDeadlines } from './moved';
import { loadDeadlines } from './repository';
import { deadlineTable } from './table';

class Tables1764093600000 implements MigrationInterface {
  readonly name = 'Tables1764093600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...foundationTables('referrals'), ...deadlineTable('referrals')]) {
      await runner.query(statement);
    }
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}

const migrations: MigrationClass[] = [Tables1764093600000];
export const TEAM = { organisation: 'RZ1', teamId: '0199b6a0-0000-7000-8000-0000000000a1' };

export interface About {
  personId: string;
  subject: string;
}
export const aboutSomebody = (): About => ({ personId: uuidv4(), subject: `referral/${uuidv7()}` });

export interface Published {
  type: string;
  partitionkey: string;
  data: { ruleId: string; about: string; step?: string; status: string; settledAt: string | null };
}

/** Nothing but deadlines, as a service has them; its teller may see everybody. */
export interface Deadlines extends ServiceDatabase {
  tell(about: About, ...moves: Move[]): Promise<Outcome>;
  /** A replica's clock, with a `Database` of its own. */
  clock(database?: Database, time?: Clock, worker?: Pool): DeadlineClock;
  published(about?: About): Promise<Published[]>;
  statusOf(about: About): Promise<string[]>;
  /** What went wrong under any clock. */
  troubles: Error[];
}

export async function createDeadlines({ simulated = false } = {}): Promise<Deadlines> {
  const service = await createServiceDatabase('referrals', migrations, { simulated });
  const troubles: Error[] = [];
  return {
    ...service,
    troubles,
    tell: (about, ...moves) =>
      service.database.write(
        commandOf(caller({ organisation: 'RZ1' })),
        { keys: [`person/${about.personId}`] },
        {
          load: [loadDeadlines(about.subject)],
          decide: ([known = []], { now }) => ({
            ...movedDeadlines(referralsDeadlines, about, known, moves, now),
            outcome: { status: 200, body: {} },
            audit: { subject: about.subject, personIds: [about.personId] },
          }),
        },
        { as: 'worker' },
      ),
    clock: (database = service.database, time = systemClock, worker = service.pools.worker) =>
      new DeadlineClock({
        ...{ service: 'referrals', contracts: referralsDeadlines, clock: time, everyMs: 5, simulated },
        ...{ database, worker, onTrouble: (error: Error) => void troubles.push(error) },
      }),
    published: async (about) => {
      const rows = await service.asWorker<{ type: string; partitionkey: string; payload: string }>(
        'SELECT type, partitionkey, payload FROM outbox WHERE $1::text IS NULL OR partitionkey = $1 ORDER BY position',
        [about ? `person/${about.personId}` : null],
      );
      return rows.map(({ type, partitionkey, payload }) => ({
        type: type.replace(/^.*\.deadline\.(.*)\.v1$/, '$1'),
        partitionkey,
        data: JSON.parse(payload) as Published['data'],
      }));
    },
    statusOf: async ({ subject }) => {
      const rows = await service.asWorker<{ status: string }>(
        'SELECT status FROM deadline WHERE subject = $1 AND main_id IS NULL ORDER BY id',
        [subject],
      );
      return rows.map(({ status }) => status);
    },
  };
}
