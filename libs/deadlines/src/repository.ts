import type { Change, Row, Statement } from '@homeward/persistence';
import { uuidv7 } from '@homeward/kernel';
import type { Deadline, Moved } from './domain/deadline';
import type { StoredStep } from './domain/expire';

const TERMS = `id, person_id, subject, rule, authority, standing, organisation, team_id, waiting_organisation,
  waiting_team_id, starts_at, due, status, settled_at`;
const LOADED = `${TERMS}, rule_from::text, due_on::text, version`;

/** Of one thing, what it has, settled or not. */
export const loadDeadlines = (subject: string): Statement => ({
  text: `SELECT ${LOADED} FROM deadline WHERE subject = $1 AND main_id IS NULL ORDER BY id`,
  values: [subject],
});

/** Of people, what is to be done yet; for a reaction, which sees everybody. */
export const loadOpenDeadlines = (personIds: string[]): Statement =>
  loadOpenDeadlinesOf({ text: 'ANY ($1::uuid[])', values: [personIds] });

/** `person` stands behind `person_id =`. */
export const loadOpenDeadlinesOf = ({ text, values }: Statement): Statement => ({
  text: `SELECT ${LOADED} FROM deadline WHERE person_id = ${text} AND settled_at IS NULL AND main_id IS NULL ORDER BY id`,
  values,
});

export const loadDeadline = (id: string): Statement => ({
  text: `SELECT ${LOADED} FROM deadline WHERE id = $1`,
  values: [id],
});

export const loadSteps = (id: string): Statement => ({
  text: `SELECT step, due FROM deadline WHERE main_id = $1 AND status = 'running'`,
  values: [id],
});

export const toStep = (row: Row): StoredStep => ({ step: row['step'] as string, due: row['due'] as Date });

export function toDeadline(row: Row): Deadline {
  const waiting = row['waiting_organisation'] as string | null;
  return {
    id: row['id'] as string,
    personId: row['person_id'] as string,
    subject: row['subject'] as string,
    rule: row['rule'] as string,
    ruleFrom: row['rule_from'] as string | null,
    authority: row['authority'] as string,
    standing: row['standing'] as Deadline['standing'],
    owner: { organisation: row['organisation'] as string, teamId: row['team_id'] as string },
    waiting: waiting === null ? null : { organisation: waiting, teamId: row['waiting_team_id'] as string },
    startsAt: row['starts_at'] as Date,
    due: row['due'] as Date,
    dueOn: row['due_on'] as string | null,
    status: row['status'] as Deadline['status'],
    settledAt: row['settled_at'] as Date | null,
    version: Number(row['version']),
  };
}

const INSERTED = `${TERMS}, rule_from, due_on, main_id, step`;
const TYPES =
  'uuid uuid text text text text text uuid text uuid timestamptz timestamptz text timestamptz date date uuid text';

/** All that start with a fact, each with its steps, in one statement. One that is over already has none. */
export function insertDeadlines(started: Moved['started']): Change[] {
  const rows = started.flatMap(({ deadline, steps }) => [
    valuesOf(deadline),
    ...(deadline.settledAt === null ? steps : []).map(({ step, due, dueOn }) => {
      const ofIt = { ...deadline, due, dueOn, status: 'running' as const, settledAt: null };
      return [uuidv7(), ...valuesOf(ofIt).slice(1, -2), deadline.id, step];
    }),
  ]);
  if (rows.length === 0) return [];
  const types = TYPES.split(' ');
  const row = (n: number): string => `(${types.map((type, i) => `$${n * types.length + i + 1}::${type}`).join(', ')})`;
  return [
    {
      text: `INSERT INTO deadline (${INSERTED}) VALUES ${rows.map((_, n) => row(n)).join(', ')} RETURNING 1`,
      values: rows.flat(),
      rows: rows.length,
    },
  ];
}

const valuesOf = (deadline: Deadline): unknown[] => [
  ...[deadline.id, deadline.personId, deadline.subject, deadline.rule, deadline.authority, deadline.standing],
  ...[deadline.owner.organisation, deadline.owner.teamId],
  ...[deadline.waiting?.organisation ?? null, deadline.waiting?.teamId ?? null],
  ...[deadline.startsAt, deadline.due, deadline.status, deadline.settledAt, deadline.ruleFrom, deadline.dueOn],
  ...[null, null],
];

/** To where they are now, guarded by the versions that were decided on; nobody is told of their steps any more. */
export function settle(deadlines: readonly Deadline[]): Change[] {
  if (deadlines.length === 0) return [];
  const ids = deadlines.map(({ id }) => id);
  const settledAt = deadlines.map(({ settledAt }) => settledAt);
  return [
    {
      text: `UPDATE deadline AS d SET status = n.status, settled_at = n.settled_at, version = d.version + 1
        FROM unnest($1::uuid[], $2::int[], $3::text[], $4::timestamptz[]) AS n (id, version, status, settled_at)
        WHERE d.id = n.id AND d.version = n.version RETURNING 1`,
      values: [ids, deadlines.map(({ version }) => version), deadlines.map(({ status }) => status), settledAt],
      rows: deadlines.length,
    },
    {
      text: `UPDATE deadline AS d SET status = 'cancelled', settled_at = n.settled_at
        FROM unnest($1::uuid[], $2::timestamptz[]) AS n (id, settled_at)
        WHERE d.main_id = n.id AND d.status = 'running' RETURNING 1`,
      values: [ids, settledAt],
      rows: 'any',
    },
  ];
}

/** By the clock: only what runs, and only once it is due. */
export const miss = ({ id }: Deadline, now: Date): Change => ({
  text: `UPDATE deadline SET status = 'missed', version = version + 1
    WHERE id = $1 AND status = 'running' AND due <= $2 RETURNING 1`,
  values: [id, now],
});

export const reachSteps = (id: string, now: Date): Change => ({
  text: `UPDATE deadline SET status = 'reached', settled_at = due
    WHERE main_id = $1 AND status = 'running' AND due <= $2 RETURNING 1`,
  values: [id, now],
  rows: 'any',
});
