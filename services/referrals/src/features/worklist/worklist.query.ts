import type { SortKeys } from '@homeward/http';
import type { Statement } from '@homeward/persistence';

export interface WorklistRow {
  id: string;
  person_id: string;
  version: number;
  status: string;
  priority: string;
  severity: number;
  immediate_risk: boolean;
  received_at: Date;
  intake_team_id: string;
  redirect_team_id: string | null;
  to_acknowledge: boolean;
}

export interface WorklistFilter {
  /** `open`: not decided yet. */
  status: string;
  teamId?: string;
}

const hasRight = (kind: string): string => `EXISTS (SELECT FROM relationship r WHERE r.person_id = f.person_id
  AND r.organisation = $1 AND r.kind = '${kind}' AND r.subject = 'referral/' || f.id OFFSET 0)`;

/**
 * What an intake holds, the most severe first (PRI-01), then who waits longest; and what was passed on to it, until it
 * acknowledges (TRI-04). What passes within one organisation stands there once, unless one team is asked for. A condition
 * that is not asked for is not in the text: a plan for all of them reads each page from the beginning of the list.
 */
export function worklist(
  organisation: string,
  { status, teamId }: WorklistFilter,
  after: SortKeys | undefined,
  limit: number,
): Statement {
  const values: unknown[] = [organisation, limit];
  const p = (value: unknown): string => `$${values.push(value)}`;
  const keys = after && `(${p(after[0])}::smallint, ${p(after[1])}::timestamptz, ${p(after[2])}::uuid)`;
  const behind = keys ? `AND (f.severity, f.received_at, f.id) > ${keys}` : '';
  /** All that `of` names, in the order of the list and no longer than a page. */
  const side = (toAcknowledge: boolean, of: string): string => `(SELECT f.id, f.person_id, f.version, f.status,
      coalesce(f.decided_priority, f.triage_priority, f.priority) AS priority, f.severity,
      coalesce(f.at_immediate_risk, f.immediate_risk) AS immediate_risk, f.received_at, f.intake_team_id,
      f.redirect_team_id, ${toAcknowledge} AS to_acknowledge
    FROM referral f WHERE ${of} ${behind} ORDER BY f.severity, f.received_at, f.id LIMIT $2)`;

  const isDecided = status === 'accepted' || status === 'rejected' || status === 'closed';
  const ofStatus = status === 'open' ? '' : `AND f.status = ${p(status)}`;
  const ofTeam = teamId === undefined ? '' : `AND f.intake_team_id = ${p(teamId)}::uuid`;
  const own = `f.intake_organisation = $1 ${ofStatus} ${ofTeam}`;
  if (isDecided) return { text: side(false, own), values };
  const held = side(false, `${own} AND f.decided_at IS NULL AND ${hasRight('intake')}`);
  if (status !== 'open' && status !== 'redirected') return { text: held, values };
  const passedOn = teamId === undefined ? 'f.intake_organisation <> $1' : `f.redirect_team_id = ${p(teamId)}::uuid`;
  const toAcknowledge = side(true, `f.redirect_organisation = $1 AND ${passedOn} AND ${hasRight('receiving-team')}`);
  return { text: `${held} UNION ALL ${toAcknowledge} ORDER BY severity, received_at, id LIMIT $2`, values };
}
