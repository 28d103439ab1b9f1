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
  AND r.organisation = $1 AND r.kind = '${kind}' AND r.subject = 'referral/' || f.id)`;

/** One side of the list: all that `of` names, in the order of the list and no longer than a page. */
const side = (toAcknowledge: boolean, of: string): string => `(SELECT f.id, f.person_id, f.version, f.status,
    coalesce(f.decided_priority, f.triage_priority, f.priority) AS priority, f.severity,
    coalesce(f.at_immediate_risk, f.immediate_risk) AS immediate_risk, f.received_at, f.intake_team_id,
    f.redirect_team_id, ${toAcknowledge} AS to_acknowledge
  FROM referral f WHERE ${of}
    AND ($4::smallint IS NULL OR (f.severity, f.received_at, f.id) > ($4, $5::timestamptz, $6::uuid))
  ORDER BY f.severity, f.received_at, f.id LIMIT $7)`;

/**
 * What an intake holds, the most severe first (PRI-01), then who waits longest; and what was passed on to it, until it
 * acknowledges (TRI-04). What passes within one organisation stands there once, unless one team is asked for.
 */
export const worklist = (
  organisation: string,
  { status, teamId }: WorklistFilter,
  after: SortKeys | undefined,
  limit: number,
): Statement => ({
  text:
    status === 'accepted' || status === 'rejected' || status === 'closed'
      ? side(false, 'f.intake_organisation = $1 AND f.status = $2 AND ($3::uuid IS NULL OR f.intake_team_id = $3)')
      : `${side(
          false,
          `f.intake_organisation = $1 AND f.decided_at IS NULL AND ($2 = 'open' OR f.status = $2)
            AND ($3::uuid IS NULL OR f.intake_team_id = $3) AND ${hasRight('intake')}`,
        )} UNION ALL ${side(
          true,
          `f.redirect_organisation = $1 AND $2 IN ('open', 'redirected') AND ($3::uuid = f.redirect_team_id
            OR ($3 IS NULL AND f.intake_organisation <> $1)) AND ${hasRight('receiving-team')}`,
        )} ORDER BY severity, received_at, id LIMIT $7`,
  values: [organisation, status, teamId ?? null, ...(after ?? [null, null, null]), limit],
});
