import type { SortKeys } from '@homeward/http';
import type { Statement } from '@homeward/persistence';

/** Teams are nobody's secret: whoever may call the service may know who does what, and their number. */
export const teamsFrom = (after: SortKeys | undefined, limit: number): Statement => ({
  text: `SELECT id, organisation, name, kind, telephone FROM team
    WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2`,
  values: [after?.[0] ?? null, limit],
});

export const teamWithPractitioners = (id: string): Statement => ({
  text: `SELECT t.id, t.organisation, t.name, t.kind, t.telephone,
      coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'role', p.role, 'telephone', p.telephone)
        ORDER BY p."from", p.id) FILTER (WHERE p.id IS NOT NULL), '[]') AS practitioners
    FROM team t LEFT JOIN practitioner p ON p.team_id = t.id AND p.until IS NULL
    WHERE t.id = $1 GROUP BY t.id`,
  values: [id],
});
