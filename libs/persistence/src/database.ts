import { DomainError, parseMicros, type Clock } from '@homeward/kernel';
import type { Pool, PoolClient } from 'pg';
import { append, type StreamHead } from './append';
import type { CommandContext, ReadContext, RequestContext } from './context';
import { ALREADY_TAKEN, type InboxMark, type Outcome, type StreamLock, type Work } from './decision';
import {
  ClockBehind,
  IdempotencyMismatch,
  NotFound,
  PreconditionFailed,
  PreconditionRequired,
  SequenceGap,
  StaleWrite,
} from './errors';
import { asCaller, isRetryable } from './retry';
import { BEGIN, COMMIT, flush, ROLLBACK, type Row, type Statement } from './statement';
import {
  auditedRead,
  auditRow,
  lockInbox,
  lockStreams,
  openRelationships,
  raiseClock,
  readIdempotency,
  recordFact,
  setPrincipal,
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

const audited = new WeakSet<Error>();

/** Whether the refusal has its audit row: `write()` leaves it, whoever refuses elsewhere leaves its own. */
export const isAudited = (error: unknown): boolean => error instanceof Error && audited.has(error);

/** A service's database. `write()` is the only way in, `read()` the only way out; both leave an audit row. */
export class Database {
  constructor(private readonly options: DatabaseOptions) {}

  /**
   * Locks the streams, loads, decides in memory, records everything in one statement, commits.
   * A reaction passes the event as `inbox`: it runs as the worker, and answers ALREADY_TAKEN for one taken before.
   */
  async write(
    context: CommandContext,
    streams: StreamLock,
    work: Work,
    options: { inbox?: InboxMark } = {},
  ): Promise<Outcome> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(context, streams, work, options.inbox);
      } catch (error) {
        if (isRefusal(error) && !options.inbox) {
          await this.refused(context, codeOf(error));
          audited.add(error as Error);
        }
        if (attempt >= ATTEMPTS || !isRetryable(error)) throw asCaller(error);
        await jitter(attempt);
      }
    }
  }

  /** Runs one SELECT for the caller; it must return `person_id` unless it is about no person. */
  async read<R = Row>(
    context: ReadContext,
    query: Statement,
    audit: { subject: string; people?: boolean; as?: 'app' | 'worker' },
  ): Promise<R[]> {
    const statement = auditedRead(context, query, audit.subject, audit.people ?? true);
    return this.transaction(audit.as ?? 'app', async (client) => {
      const results = await flush(client, [BEGIN, setPrincipal(context), statement, COMMIT]);
      return (results[2]?.rows ?? []) as R[];
    });
  }

  /** The audit row of something that was not done, after its rollback and before the answer. */
  async refused(context: RequestContext, code: string, subject = ''): Promise<void> {
    await this.transaction('app', (client) => flush(client, [auditRow(context, `refused:${code}`, subject, [])]));
  }

  private async attempt(context: CommandContext, streams: StreamLock, work: Work, inbox?: InboxMark): Promise<Outcome> {
    const outcome = await this.transaction(inbox ? 'worker' : 'app', async (client) => {
      const opened = await this.open(client, context, streams, work, inbox);
      if ('outcome' in opened) return opened.outcome;
      const decision = work.decide(opened.loaded, { now: opened.now });
      const nowMicros = BigInt(opened.now.getTime()) * 1000n;
      const appended = append(this.options.service, context, decision.events, opened.heads, nowMicros);
      const source = `/homeward/${this.options.service}`;
      const changes = [
        ...appended.relationships,
        ...(decision.relationships ?? []).map((change) => ({ ...change, source })),
      ];
      const opening = changes.filter(({ change }) => change === 'open');
      const ended = changes.filter(({ change }) => change === 'end');
      const fact = recordFact({ context, decision, appended, ended, inbox });
      const results = await flush(client, opening.length > 0 ? [openRelationships(opening), fact] : [fact]);
      const recorded = results.at(-1)?.rows[0];
      if (!recorded?.['met']) throw new StaleWrite(`${context.action} met ${String(recorded?.['counts'])} rows`);
      await flush(client, [COMMIT]);
      return decision.outcome;
    });
    if (outcome.status !== ALREADY_TAKEN && !outcome.replay) this.options.onCommit?.();
    return outcome;
  }

  /** The first flush: begin, principal, locks, the idempotency key, and what the work needs. */
  private async open(
    client: PoolClient,
    context: CommandContext,
    streams: StreamLock,
    work: Work,
    inbox?: InboxMark,
  ): Promise<{ outcome: Outcome } | { now: Date; heads: StreamHead[]; loaded: Row[][] }> {
    const clock = this.options.simulated ? [raiseClock(inbox ? undefined : context.simulatedNow)] : [];
    const marks = inbox ? [lockInbox(inbox)] : [];
    const keys = context.idempotency ? [readIdempotency(context)] : [];
    const head = [BEGIN, setPrincipal(context), ...clock, ...marks, lockStreams(streams), ...keys];
    const results = await flush(client, [...head, ...(work.load ?? [])]);
    const rows = results.map((result) => result.rows);
    let at = 2;
    const now = this.now(context, clock.length > 0 ? rows[at++]?.[0]?.['now'] : undefined, inbox);
    if (inbox && isTaken(inbox, rows[at++]?.[0])) {
      await flush(client, [ROLLBACK]);
      return { outcome: { status: ALREADY_TAKEN, body: {} } };
    }
    const heads = (rows[at++] ?? []).map(toHead);
    if (heads.length === 0 && 'what' in streams) throw new NotFound(streams.what);
    const remembered = keys.length > 0 ? rows[at++]?.[0] : undefined;
    if (remembered) return { outcome: await this.replay(client, context, remembered) };
    return { now, heads, loaded: rows.slice(at) };
  }

  private async replay(client: PoolClient, context: CommandContext, remembered: Row): Promise<Outcome> {
    if (remembered['fingerprint'] !== context.idempotency?.fingerprint) throw new IdempotencyMismatch();
    await flush(client, [auditRow(context, 'replayed', '', []), COMMIT]);
    return { ...(remembered['outcome'] as Outcome), replay: true };
  }

  private now(context: CommandContext, row: unknown, inbox?: InboxMark): Date {
    if (!this.options.simulated) return this.options.clock.now();
    const simulated = row instanceof Date ? row : undefined;
    if (inbox) {
      const cause = Number(parseMicros(inbox.time) / 1000n);
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

const isRefusal = (error: unknown): boolean =>
  error instanceof DomainError ||
  error instanceof NotFound ||
  error instanceof PreconditionFailed ||
  error instanceof PreconditionRequired ||
  error instanceof IdempotencyMismatch ||
  error instanceof ClockBehind;

const codeOf = (error: unknown): string => (error instanceof DomainError ? error.code : (error as Error).name);

const jitter = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
