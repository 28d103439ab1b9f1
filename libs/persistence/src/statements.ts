import type { RelationshipRow } from '@homeward/contracts';
import type { Appended } from './append';
import type { CommandContext, RequestContext } from './context';
import type { Change, Decision, InboxMark, StreamLock } from './decision';
import { shiftParameters, type Statement } from './flush';

/**
 * The principal has a statement of its own: set inside the lock statement, row-level security would hide the row.
 * `app.now` is what relationships are judged by. Answers the simulated clock as `now`, null where it was never raised.
 * `plans`: a command finds rows by their ids, and keeps the plans for that (ADR 0013); a list may plan for what is asked.
 */
export const setPrincipal = (context: RequestContext, simulated: boolean, plans: 'kept' | 'any'): Statement => ({
  text: simulated
    ? `SELECT set_config('app.principal', $1, true), set_config('plan_cache_mode', $2, true),
        set_config('app.now', coalesce(c.now, clock_timestamp())::text, true), c.now
        FROM (SELECT (SELECT now FROM simulated_clock) AS now) AS c`
    : `SELECT set_config('app.principal', $1, true), set_config('plan_cache_mode', $2, true),
        set_config('app.now', clock_timestamp()::text, true)`,
  values: [context.principal.organisation, plans === 'kept' ? 'force_generic_plan' : 'auto'],
});

/** A fact counts with the rights that it opens itself, whichever clock named their beginning. */
export const setNow = (now: Date, opening: RelationshipRow[]): Statement => ({
  text: `SELECT set_config('app.now', max(at)::text, true) FROM unnest($1::timestamptz[]) AS at`,
  values: [[now.toISOString(), ...opening.map(({ at }) => at)]],
});

/** Runs by itself before the transaction: held to its end, the clock's one row would put commands in a queue. */
export const raiseClock = (to: Date): Statement => ({
  text: `INSERT INTO simulated_clock (now) VALUES ($1)
    ON CONFLICT (one) DO UPDATE SET now = excluded.now WHERE simulated_clock.now < excluded.now`,
  values: [to.toISOString()],
});

export const lockInbox = (mark: InboxMark): Statement => ({
  text: `INSERT INTO inbox (reader, source, stream, last_sequence) VALUES ($1, $2, $3, 0)
    ON CONFLICT (reader, source, stream) DO UPDATE SET last_sequence = inbox.last_sequence RETURNING last_sequence`,
  values: [mark.reader, mark.source, mark.stream],
});

/** After the inbox row's lock, with a snapshot of its own: a redrive deletes the rows under the same lock. */
export const findParked = ({ reaction, source, stream }: InboxMark): Statement => ({
  text: 'SELECT FROM parked_event WHERE subscription = $1 AND source = $2 AND stream = $3 LIMIT 1',
  values: [reaction, source, stream],
});

/** Locks in key order, and says so to what is loaded. Its snapshot is older than the lock, so nothing is loaded by it. */
export function lockStreams(streams: StreamLock): Statement {
  const { text, values } =
    'keys' in streams
      ? { text: 'SELECT unnest($1::text[])', values: [[...new Set(streams.keys)].sort()] }
      : { ...streams.select, text: `SELECT DISTINCT key FROM (${streams.select.text}) AS wanted ORDER BY key` };
  return {
    text: `INSERT INTO stream (key) ${text}
      ON CONFLICT (key) DO UPDATE SET key = excluded.key
      RETURNING key, last_sequence, (extract(epoch FROM last_recorded_at) * 1000000)::bigint AS last_recorded,
        set_config('app.locked', 'yes', true)`,
    values,
  };
}

/**
 * What is loaded goes out together with the lock, and is not looked at where that found nothing: the policies of rows that
 * the caller may not see take time, which would tell that there are any.
 */
export const ifLocked = ({ text, values }: Statement): Statement => ({
  text: `SELECT * FROM (${text}) AS loaded WHERE current_setting('app.locked', true) = 'yes'`,
  values,
});

export const readIdempotency = (context: CommandContext): Statement => ({
  text: 'SELECT fingerprint, answer FROM idempotency WHERE caller = $1 AND route = $2 AND key = $3',
  values: [callerOf(context), context.route, context.idempotency?.key ?? null],
});

const AUDIT_COLUMNS = 'organisation, sub, role, purpose, action, route, correlation_id, outcome, subject, person_ids';

export const auditRow = (
  context: RequestContext,
  outcome: string,
  subject: string,
  personIds: string[],
): Statement => ({
  text: `INSERT INTO audit (${AUDIT_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
  values: [...auditCaller(context), outcome, subject, personIds],
});

const auditCaller = ({ principal, role, action, route, correlationId }: RequestContext): unknown[] => [
  principal.organisation,
  principal.sub,
  role,
  principal.purpose,
  action,
  route,
  correlationId,
];

/** A read and its audit row in one statement; `person_id` of what it returns is what was looked at (AUD-01). */
export function auditedRead(context: RequestContext, query: Statement, subject: string, hasPeople: boolean): Statement {
  const offset = query.values.length;
  const p = (n: number): string => `$${offset + n}`;
  const people = hasPeople ? `ARRAY(SELECT DISTINCT q.person_id FROM q WHERE q.person_id IS NOT NULL)` : `'{}'::uuid[]`;
  return {
    text: `WITH q AS MATERIALIZED (${query.text}), a AS (INSERT INTO audit (${AUDIT_COLUMNS})
      SELECT ${p(1)}, ${p(2)}, ${p(3)}, ${p(4)}, ${p(5)}, ${p(6)}, ${p(7)}::uuid,
        CASE WHEN EXISTS (SELECT FROM q) THEN 'read' ELSE 'nothing-found' END, ${p(8)}, ${people})
      SELECT * FROM q`,
    values: [...query.values, ...auditCaller(context), subject],
  };
}

export interface Recorded {
  context: CommandContext;
  decision: Decision;
  appended: Appended;
  inbox?: InboxMark;
}

/** What a fact raises, by an error of the server, when a change met other rows than it was decided on. */
const STALE = 'stale write';

const CARDINALITY_VIOLATION = '21000';

export const isStale = (error: unknown): boolean =>
  error instanceof Error &&
  (error.message.includes(`"${STALE}"`) || ('code' in error && error.code === CARDINALITY_VIOLATION));

/**
 * All that a fact changes, in one statement, sent with COMMIT: it raises unless each change met its rows. The outbox's
 * position is drawn by the insert itself, under the lock, so positions follow the order in which streams were locked.
 * Each row is a VALUES of its own: lists of one, joined and sorted, cost the server more than the rows.
 */
export function recordFact({ context, decision, appended, inbox }: Recorded): Statement {
  const values: unknown[] = [];
  const add = (...more: unknown[]): string[] => more.map((value) => `$${values.push(value)}`);
  const changes = [...decision.changes, ...inboxChanges(inbox)];
  const ctes = changes.map((change, i) => {
    const text = shiftParameters(change.text, values.length);
    values.push(...change.values);
    return `${cteName(change, i)} AS (${text})`;
  });
  if (appended.rows.length > 0) ctes.push(...outboxBranches(appended, add));
  if (context.idempotency) ctes.push(idempotencyBranch(context, decision, add));
  const met = changes.flatMap((change, i) => (isSure(change) ? [] : [metBy(change, cteName(change, i))]));
  const guard =
    met.length > 0 ? ` WHERE (CASE WHEN ${met.join(' AND ')} THEN 'true' ELSE '${STALE}' END)::boolean` : '';
  const [a1, a2, a3, a4, a5, a6, a7, a8, a9, a10] = add(
    ...auditCaller(context),
    'done',
    decision.audit.subject,
    decision.audit.personIds,
  );
  return {
    text: `${ctes.length > 0 ? `WITH ${ctes.join(',\n')}\n` : ''}INSERT INTO audit (${AUDIT_COLUMNS})
    SELECT ${a1}, ${a2}, ${a3}, ${a4}, ${a5}, ${a6}, ${a7}::uuid, ${a8}, ${a9}, ${a10}::uuid[]${guard}`,
    values,
  };
}

/** An INSERT of VALUES puts its rows, or raises. */
const isSure = ({ rows, text }: Change): boolean =>
  rows === 'any' || (text.startsWith('INSERT') && !/SELECT|ON CONFLICT/.test(text));

/** Of more rows than the one it is decided on the server complains by itself. */
const metBy = ({ rows = 1 }: Change, name: string): string =>
  rows === 1 ? `(SELECT true FROM ${name})` : `(SELECT count(*) FROM ${name}) = ${rows}`;

const cteName = (change: Change, i: number): string => change.name ?? `change_${i}`;

function inboxChanges(mark: InboxMark | undefined): Change[] {
  if (!mark) return [];
  const { reader, source, stream, sequence, reaction, redrive } = mark;
  return redrive
    ? [
        {
          text: 'DELETE FROM parked_event WHERE subscription = $1 AND source = $2 AND stream = $3 AND sequence = $4 RETURNING 1',
          values: [reaction, source, stream, sequence],
        },
      ]
    : [
        {
          text: 'UPDATE inbox SET last_sequence = $4 WHERE reader = $1 AND source = $2 AND stream = $3 AND last_sequence = $4 - 1 RETURNING 1',
          values: [reader, source, stream, sequence],
        },
      ];
}

function outboxBranches({ rows, heads }: Appended, add: (...more: unknown[]) => string[]): string[] {
  const moved = heads.map((head, i) => {
    const [key, sequence, recorded] = add(head.key, head.lastSequence, head.lastRecorded);
    return `stream_${i} AS (UPDATE stream SET last_sequence = ${sequence}::bigint,
      last_recorded_at = timestamptz 'epoch' + ${recorded}::bigint * interval '1 microsecond' WHERE key = ${key})`;
  });
  const events = rows.map(({ id, topic, partition, partitionkey, sequence, type, headers, payload }) => {
    const [i, t, p, k, s, y, h, v] = add(id, topic, partition, partitionkey, sequence, type, headers, payload);
    return `(${i}::uuid, ${t}, ${p}::smallint, ${k}, ${s}::bigint, ${y}, ${h}, ${v})`;
  });
  return [
    ...moved,
    `published AS (INSERT INTO outbox (id, topic, partition, partitionkey, sequence, type, headers, payload)
      VALUES ${events.join(', ')})`,
  ];
}

/** The answer as it is kept, with what its replay leaves in the audit. */
export type Remembered = Pick<Decision, 'outcome' | 'audit'>;

function idempotencyBranch(
  context: CommandContext,
  { outcome, audit }: Remembered,
  add: (...more: unknown[]) => string[],
): string {
  const p = add(
    callerOf(context),
    context.route,
    context.idempotency?.key,
    context.idempotency?.fingerprint,
    JSON.stringify({ outcome, audit }),
  );
  return `remembered AS (INSERT INTO idempotency (caller, route, key, fingerprint, answer)
    VALUES (${p[0]}, ${p[1]}, ${p[2]}::uuid, ${p[3]}, ${p[4]}::jsonb))`;
}

const callerOf = ({ principal }: RequestContext): string => `${principal.organisation}/${principal.sub}`;
