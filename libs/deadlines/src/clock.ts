import type { DeadlineContracts } from '@homeward/contracts';
import { uuidv4, type Clock } from '@homeward/kernel';
import { currentTraceparent, withSpan } from '@homeward/observability';
import { ownPrincipal, type CommandContext, type Database, type Decision, type Row } from '@homeward/persistence';
import type { Pool } from 'pg';
import { expire } from './domain/expire';
import { published, stepReached } from './publication';
import { loadDeadline, loadSteps, miss, reachSteps, toDeadline, toStep } from './repository';
import { RUNNING } from './table';

export interface DeadlineClockOptions {
  service: string;
  contracts: DeadlineContracts;
  database: Database;
  worker: Pool;
  clock: Clock;
  /** `CLOCK=simulated` */
  simulated?: boolean;
  everyMs?: number;
  /** One deadline, or a whole look, that did not succeed: it is tried again with the next. */
  onTrouble: (error: Error) => void;
}

const EVERY_MS = 1_000;
const AT_ONCE = 200;
/** So far this machine's clock may be from its database's. A deadline that was called missed too early is an alarm too many. */
const MAY_DIFFER_MS = 30_000;

/** Somebody else was there first, or what was due is done: no event, no alarm, and no audit row. */
class NothingDue extends Error {}

interface Due {
  id: string;
  person_id: string;
  due: Date;
  main_id: string | null;
}

/**
 * Looks, in every replica, which deadlines time has made late. It reads them without a lock, and then decides on each under
 * the lock of its person, as every command does: a row of a deadline that is locked before its person is a deadlock
 * with the command that has the person and wants the row.
 */
export class DeadlineClock {
  private timer?: NodeJS.Timeout;
  private looking?: Promise<void>;

  constructor(private readonly options: DeadlineClockOptions) {}

  start(): void {
    const lookAgain = (): void => {
      if (!this.looking) void this.look();
    };
    this.timer = setInterval(lookAgain, this.options.everyMs ?? EVERY_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    while (this.looking) await this.looking;
  }

  /** One look at a time: who asks while it looks waits for a look that began after they asked. */
  async look(): Promise<void> {
    while (this.looking) await this.looking;
    this.looking = this.lookOnce()
      .catch((error: Error) => this.options.onTrouble(error))
      .finally(() => (this.looking = undefined));
    await this.looking;
  }

  /** How long the oldest one that is due has waited for a clock, in seconds. */
  async behind(): Promise<number> {
    const now = await this.now();
    const { rows } = await this.options.worker.query<{ due: Date | null }>(
      `SELECT min(due) AS due FROM deadline WHERE ${RUNNING}`,
    );
    const due = rows[0]?.due;
    return due ? Math.max(0, (now.getTime() - due.getTime()) / 1000) : 0;
  }

  private async lookOnce(): Promise<void> {
    const now = await this.now();
    let page: Due[] | undefined;
    while (page === undefined || page.length === AT_ONCE) {
      page = await this.due(now, page?.at(-1));
      const families = new Map(page.map(({ id, main_id, person_id }) => [main_id ?? id, person_id]));
      for (const [id, personId] of families) {
        await this.settle(id, personId).catch((error: Error) => this.options.onTrouble(error));
      }
    }
  }

  private async due(now: Date, after: Due | undefined): Promise<Due[]> {
    const { rows } = await this.options.worker.query<Due>(
      `SELECT id, person_id, due, main_id FROM deadline WHERE ${RUNNING} AND due <= $1
        AND (due, id) > ($2, $3) ORDER BY due, id LIMIT ${AT_ONCE}`,
      [now, after?.due ?? '-infinity', after?.id ?? '00000000-0000-0000-0000-000000000000'],
    );
    return rows;
  }

  private async settle(id: string, personId: string): Promise<void> {
    const work = {
      load: [loadDeadline(id), loadSteps(id)],
      decide: (rows: Row[][], { now }: { now: Date }) => this.decide(rows, now),
    };
    try {
      await withSpan('deadline', { causes: [] }, () =>
        this.options.database.write(this.context(), { keys: [`person/${personId}`] }, work, { as: 'worker' }),
      );
    } catch (error) {
      if (!(error instanceof NothingDue)) throw error;
    }
  }

  private decide([rows, steps = []]: Row[][], now: Date): Decision {
    const row = rows?.[0];
    if (!row) throw new NothingDue();
    const deadline = toDeadline(row);
    const stored = steps.map(toStep);
    const { missed, reached } = expire(deadline, stored, now);
    if (!missed && !stored.some(({ due }) => due <= now)) throw new NothingDue();
    const { contracts } = this.options;
    const told = { what: 'missed' as const, at: deadline.due };
    return {
      changes: [...(missed ? [miss(deadline, now)] : []), reachSteps(deadline.id, now)],
      events: [
        ...(missed ? [published(contracts, { after: missed, told })] : []),
        ...(reached ? [stepReached(contracts, missed ?? deadline, reached)] : []),
      ],
      outcome: { status: 200, body: {} },
      audit: { subject: `deadline/${deadline.id}`, personIds: [deadline.personId] },
    };
  }

  private async now(): Promise<Date> {
    const { worker, clock, simulated } = this.options;
    const { rows } = await worker.query<{ simulated: Date | null; database: Date }>(
      'SELECT (SELECT now FROM simulated_clock) AS simulated, clock_timestamp() AS database',
    );
    const [told] = rows;
    if (simulated) return told?.simulated ?? clock.now();
    const now = clock.now();
    const differs = Math.abs(now.getTime() - (told?.database.getTime() ?? 0));
    if (differs > MAY_DIFFER_MS) {
      throw new Error('the clock of this machine is not that of the database: it calls no deadline missed');
    }
    return now;
  }

  private context(): CommandContext {
    const { service } = this.options;
    return {
      principal: ownPrincipal(service),
      role: 'service',
      action: 'watch-deadlines',
      route: 'clock',
      correlationId: uuidv4(),
      traceparent: currentTraceparent(),
    };
  }
}
