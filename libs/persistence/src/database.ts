import { DomainError, isUuid, parseMicros, type Clock } from '@homeward/kernel';
import type { Pool, PoolClient } from 'pg';
import { append, type StreamHead } from './append';
import type { CommandContext, ReadContext, RequestContext } from './context';
import { ALREADY_TAKEN, type Decision, type InboxMark, type Outcome, type StreamLock, type Work } from './decision';
import {
  BehindParked,
  ClockBehind,
  IdempotencyMismatch,
  NotFound,
  PreconditionFailed,
  PreconditionRequired,
  SequenceGap,
  StaleWrite,
} from './errors';
import { asCaller, isRetryable } from './retry';
import { BEGIN, COMMIT, flush, ROLLBACK, type Row, type Statement } from './flush';
import { endRelationships, openRelationships } from './relationships';
import {
  auditedRead,
  auditRow,
  findParked,
  ifLocked,
  isStale,
  lockInbox,
  lockStreams,
  raiseClock,
  readIdempotency,
  recordFact,
  setNow,
  setPrincipal,
  type Remembered,
} from './statements';

export interface DatabaseOptions {
  service: string;
  app: Pool;
  worker: Pool;
  clock: Clock;
  /** `CLOCK=simulated` */
  simulated?: boolean;
  /** Called after each commit: the relay's nudge. */
  onCommit?: () => void;
}

const ATTEMPTS = 3;

/** What the first flush brought back under the locks. */
interface Opened {
  now: Date;
  heads: StreamHead[];
  loaded: Row[][];
  /** The answer that was given to the same idempotency key. */
  remembered?: Row;
}

const audited = new WeakSet<Error>();

/** Whether the refusal has its audit row: `write()` leaves it, whoever refuses elsewhere leaves its own. */
export const isAudited = (error: unknown): boolean => error instanceof Error && audited.has(error);

/** A service's database. `write()` is the only way in, `read()` the only way out; both leave an audit row. */
export class Database {
  constructor(private readonly options: DatabaseOptions) {}

  /**
   * Locks the streams, loads, decides in memory, records everything in one flush, commits.
   * A reaction passes the event as `inbox`: it runs as the worker, answers ALREADY_TAKEN for one taken before, and its
   * errors come as they are, for the reader to tell infrastructure from poison.
   * `as: 'worker'` is for a fact that also touches rows which its teller may not see: then `streams` is its only wall.
   */
  async write(
    context: CommandContext,
    streams: StreamLock,
    work: Work,
    options: { inbox?: InboxMark; as?: 'app' | 'worker' } = {},
  ): Promise<Outcome> {
    const { inbox, as = inbox ? 'worker' : 'app' } = options;
    try {
      return await retrying(() => this.attempt(as, context, streams, work, inbox));
    } catch (error) {
      throw inbox ? error : asCaller(error);
    }
  }

  /** Runs one SELECT for the caller; it must return `person_id` unless it is about no person. */
  async read<R = Row>(
    context: ReadContext,
    query: Statement,
    audit: { subject: string; people?: boolean; as?: 'app' | 'worker' },
  ): Promise<R[]> {
    return this.ask(context, auditedRead(context, query, audit.subject, audit.people ?? true), audit.as ?? 'app');
  }

  /**
   * The keys that a write would lock by this SELECT, for what has to be asked elsewhere before it. None: the caller may not,
   * and how long the asking takes would tell what is known here. Leaves no trace: the write does.
   */
  async keysOf(context: RequestContext, select: Statement): Promise<string[]> {
    return (await this.ask<{ key: string }>(context, select, 'worker')).map(({ key }) => key);
  }

  private async ask<R>(context: RequestContext, statement: Statement, as: 'app' | 'worker'): Promise<R[]> {
    const head = [BEGIN, this.principal(context, 'any')];
    const raise = this.raise(context);
    const read = async (client: PoolClient): Promise<R[]> => {
      if (raise.length > 0) await flush(client, raise);
      const results = await flush(client, [...head, statement, COMMIT]);
      return (results[head.length]?.rows ?? []) as R[];
    };
    try {
      return await retrying(() => this.transaction(as, read));
    } catch (error) {
      throw asCaller(error);
    }
  }

  /** The audit row of something that was not done, after its rollback and before the answer. */
  async refused(context: RequestContext, code: string, subject = '', personIds: string[] = []): Promise<void> {
    const row = auditRow(context, `refused:${code}`, subject, personIds);
    await this.transaction('app', (client) => flush(client, [row]));
  }

  private async attempt(
    role: 'app' | 'worker',
    context: CommandContext,
    streams: StreamLock,
    work: Work,
    inbox?: InboxMark,
  ): Promise<Outcome> {
    let locked: StreamHead[] = [];
    try {
      const outcome = await this.transaction(role, async (client) => {
        const opened = await this.open(client, context, streams, work, inbox);
        if ('outcome' in opened) return opened.outcome;
        locked = opened.heads;
        if (opened.remembered) return this.replay(client, context, opened.remembered);
        return this.record(client, context, work.decide(opened.loaded, { now: opened.now }), opened, inbox);
      });
      if (inbox) inbox.taken = true;
      if (outcome.status !== ALREADY_TAKEN && !outcome.replay) this.options.onCommit?.();
      return outcome;
    } catch (error) {
      if (isRefusal(error)) {
        await this.refused(context, error.code, locked[0]?.key ?? askedFor(streams), peopleOf(locked));
        audited.add(error);
      }
      throw error;
    }
  }

  /** The first flush: begin, principal, locks, the idempotency key, and what the work needs. */
  private async open(
    client: PoolClient,
    context: CommandContext,
    streams: StreamLock,
    work: Work,
    inbox?: InboxMark,
  ): Promise<{ outcome: Outcome } | Opened> {
    const raise = inbox ? [] : this.raise(context);
    const marks = inbox ? [lockInbox(inbox), findParked(inbox)] : [];
    const keys = context.idempotency ? [readIdempotency(context)] : [];
    const head = [BEGIN, this.principal(context, 'kept'), ...marks, lockStreams(streams), ...keys];
    if (raise.length > 0) await flush(client, raise);
    const load = 'what' in streams ? (work.load ?? []).map(ifLocked) : (work.load ?? []);
    const results = await flush(client, [...head, ...load]);
    const rows = results.map((result) => result.rows);
    let at = 1;
    const now = this.now(context, rows[at++]?.[0]?.['now'], inbox);
    if (inbox && isTaken(inbox, rows[at++]?.[0])) {
      await flush(client, [ROLLBACK]);
      return { outcome: { status: ALREADY_TAKEN, body: {} } };
    }
    const isBehind = inbox && rows[at++]?.[0] !== undefined && !inbox.redrive;
    if (isBehind) throw new BehindParked(inbox.reaction);
    const heads = (rows[at++] ?? []).map(toHead);
    if (heads.length === 0 && 'what' in streams) throw new NotFound(streams.what);
    const remembered = keys.length > 0 ? rows[at++]?.[0] : undefined;
    return { now, heads, remembered, loaded: rows.slice(at) };
  }

  /** The second flush: the rights that the fact opens, the fact, the rights that it ends, the commit. */
  private async record(
    client: PoolClient,
    context: CommandContext,
    decision: Decision,
    { now, heads }: Opened,
    inbox?: InboxMark,
  ): Promise<Outcome> {
    const appended = append(this.options.service, context, decision.events, heads, BigInt(now.getTime()) * 1000n);
    const opening = appended.relationships.filter(({ change }) => change === 'open');
    const ending = appended.relationships.filter(({ change }) => change === 'end');
    const before = opening.length > 0 ? [setNow(now, opening), openRelationships(opening)] : [];
    const after = ending.length > 0 ? [endRelationships(ending)] : [];
    const fact = recordFact({ context, decision, appended, inbox });
    try {
      await flush(client, [...before, fact, ...after, COMMIT]);
    } catch (error) {
      throw isStale(error) ? new StaleWrite(`${context.action} met other rows than it was decided on`) : error;
    }
    return decision.outcome;
  }

  private async replay(client: PoolClient, context: CommandContext, remembered: Row): Promise<Outcome> {
    if (remembered['fingerprint'] !== context.idempotency?.fingerprint) throw new IdempotencyMismatch();
    const { outcome, audit } = remembered['answer'] as Remembered;
    await flush(client, [auditRow(context, 'replayed', audit.subject, audit.personIds), COMMIT]);
    return { ...outcome, replay: true };
  }

  private principal(context: RequestContext, plans: 'kept' | 'any'): Statement {
    return setPrincipal(context, this.options.simulated ?? false, plans);
  }

  private raise(context: RequestContext): Statement[] {
    return this.options.simulated && context.simulatedNow ? [raiseClock(context.simulatedNow)] : [];
  }

  private now(context: CommandContext, row: unknown, inbox?: InboxMark): Date {
    if (!this.options.simulated) return this.options.clock.now();
    const simulated = row instanceof Date ? row : undefined;
    if (inbox) {
      const cause = Number((parseMicros(inbox.time) + 999n) / 1000n);
      return new Date(Math.max(cause, simulated?.getTime() ?? 0));
    }
    if (context.simulatedNow && simulated && simulated > context.simulatedNow) throw new ClockBehind();
    return simulated ?? this.options.clock.now();
  }

  /** A connection for `work`, rolled back when it throws and dropped when even that fails. */
  private async transaction<T>(role: 'app' | 'worker', work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.options[role].connect();
    let broken: Error | undefined;
    // A connection that breaks while it is borrowed also rejects its queries: those are what we report.
    const ignore = (): void => undefined;
    client.on('error', ignore);
    try {
      return await work(client);
    } catch (error) {
      await flush(client, [ROLLBACK]).catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      client.off('error', ignore);
      client.release(broken);
    }
  }
}

/** From the start again when somebody else was there first. */
async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (n >= ATTEMPTS || !isRetryable(error)) throw error;
      await jitter(n);
    }
  }
}

function toHead(row: Row): StreamHead {
  return {
    key: String(row['key']),
    lastSequence: BigInt(String(row['last_sequence'])),
    lastRecorded: BigInt(String(row['last_recorded'])),
  };
}

function isTaken(mark: InboxMark, row: Row | undefined): boolean {
  const last = BigInt(String(row?.['last_sequence'] ?? '0'));
  if (mark.redrive) return false;
  if (last >= mark.sequence) return true;
  if (last + 1n !== mark.sequence)
    throw new SequenceGap(`${mark.stream} of ${mark.source}: ${mark.sequence} after ${last}`);
  return false;
}

type Refusal = DomainError | NotFound | PreconditionFailed | PreconditionRequired | IdempotencyMismatch | ClockBehind;

const isRefusal = (error: unknown): error is Refusal =>
  error instanceof DomainError ||
  error instanceof NotFound ||
  error instanceof PreconditionFailed ||
  error instanceof PreconditionRequired ||
  error instanceof IdempotencyMismatch ||
  error instanceof ClockBehind;

/** What was asked for and is not there, or not for the caller: `referral/<id>`. */
function askedFor(streams: StreamLock): string {
  const id = 'what' in streams ? streams.select.values[0] : undefined;
  return 'what' in streams && typeof id === 'string' && isUuid(id) ? `${streams.what}/${id}` : '';
}

const peopleOf = (heads: StreamHead[]): string[] =>
  heads.flatMap(({ key }) => (key.startsWith('person/') ? [key.slice('person/'.length)] : []));

const jitter = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
