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
}

export interface WorklistFilter {
  status: string;
  teamId?: string;
}

/** What an intake holds, the most severe first (PRI-01), then who waits longest. */
export const worklist = (
  organisation: string,
  { status, teamId }: WorklistFilter,
  after: SortKeys | undefined,
  limit: number,
): Statement => ({
  text: `SELECT f.id, f.person_id, f.version, f.status, f.priority, f.severity, f.immediate_risk, f.received_at,
      f.intake_team_id
    FROM referral f WHERE f.intake_organisation = $1 AND f.status = $2
      AND (f.status <> 'received' OR EXISTS (SELECT FROM relationship r WHERE r.person_id = f.person_id
        AND r.organisation = $1 AND r.kind = 'intake' AND r.subject = 'referral/' || f.id))
      AND ($3::uuid IS NULL OR f.intake_team_id = $3)
      AND ($4::smallint IS NULL OR (f.severity, f.received_at, f.id) > ($4, $5::timestamptz, $6::uuid))
    ORDER BY f.severity, f.received_at, f.id LIMIT $7`,
  values: [organisation, status, teamId ?? null, ...(after ?? [null, null, null]), limit],
});
