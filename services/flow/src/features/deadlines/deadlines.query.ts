import type { SortKeys } from '@homeward/http';
import { inUtc, type Principal, type Statement } from '@homeward/persistence';
import { callerOf, callersRelationships } from '../../adapters/related';

export const STATES = ['due', 'at-risk', 'missed'] as const;
export type State = (typeof STATES)[number];

const IN_STATE: Record<State, string> = {
  due: `d.status = 'running' AND d.step IS NULL`,
  'at-risk': `d.status = 'running' AND d.step IS NOT NULL`,
  missed: `d.status = 'missed'`,
};

const STATE = `CASE ${STATES.map((state) => `WHEN ${IN_STATE[state]} THEN '${state}'`).join(' ')} END`;

export interface DeadlinesFilter {
  teamId?: string;
  state?: State;
}

/** Whose teams act, or wait for who acts. */
const SUPPORTING = [
  'intake',
  'accepting-team',
  'receiving-team',
  'accountable-team',
  'contributing-team',
  'coordinator',
]
  .map((kind) => `'${kind}'`)
  .join(', ');

/**
 * What the caller's teams have to do by when, and what they wait for; the earliest first. Only of people whom the caller's
 * organisation may see now. Each side is read in the order of its own index, and no further than a page.
 */
export function deadlinesOf(
  caller: Principal,
  { teamId, state }: DeadlinesFilter,
  after: SortKeys | undefined,
  limit: number,
): Statement {
  const values: unknown[] = [...callerOf(caller), limit];
  const p = (value: unknown): string => `$${values.push(value)}`;
  const behind = after ? `AND (d.due, d.deadline_id) > (${p(after[0])}::timestamptz, ${p(after[1])}::uuid)` : '';
  const ofState = state === undefined ? '' : `AND ${IN_STATE[state]}`;
  const team = teamId === undefined ? undefined : p(teamId);
  const side = (isWaiting: boolean): string => {
    const whose = isWaiting ? 'd.waiting_' : 'd.';
    const ofTeam = team === undefined ? '' : `AND ${whose}team_id = ${team}::uuid`;
    // Of one organisation, both sides are one row, unless one team is asked for.
    const once = isWaiting && team === undefined ? 'AND d.organisation <> $1' : '';
    return `(SELECT d.*, ${isWaiting} AS is_waiting FROM deadline_list d
      WHERE ${whose}organisation = $1 ${ofTeam} ${once} AND d.settled_at IS NULL ${ofState} ${behind}
        AND EXISTS (SELECT FROM ${callersRelationships('d.person_id')} AND r.kind IN (${SUPPORTING}) OFFSET 0)
      ORDER BY d.due, d.deadline_id LIMIT $3)`;
  };
  return {
    text: `SELECT d.deadline_id, d.person_id, d.about, d.rule_id, d.authority, d.standing, d.team_id, d.waiting_team_id,
        d.is_waiting, ${inUtc('d.starts_at')} AS starts_at, ${inUtc('d.due')} AS due, d.due_on, d.step,
        ${STATE} AS state
      FROM (${side(false)} UNION ALL ${side(true)}) AS d ORDER BY d.due, d.deadline_id LIMIT $3`,
    values,
  };
}
