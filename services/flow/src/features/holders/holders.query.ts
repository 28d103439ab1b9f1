import type { Principal, Statement } from '@homeward/persistence';
import { instantOf } from '../../adapters/instant';
import { callerOf, callersRelationships, JOURNEY_KINDS, ofKind, standsIn } from '../../adapters/related';

/**
 * Who holds a person now: the open episode's team; else the team of an accepted referral whose episode is not open
 * yet; else the intake of the oldest open referral (DEC-04). One statement, so that no instant lies between two.
 */
export const holderOf = (caller: Principal, personId: string): Statement => ({
  text: `WITH holder AS (
      SELECT 0 AS rank, e.accountable_team_id AS team_id, e.coordinator_id, e.duty_until, lower(a.during) AS since,
        e.id AS episode_id, NULL::uuid AS referral_id
      FROM episode e LEFT JOIN accountability a ON a.person_id = e.person_id AND upper_inf(a.during)
      WHERE e.person_id = $3 AND e.closed_at IS NULL
    UNION ALL
      SELECT 3 - stage, team_id, coordinator_id, duty_until, since, NULL, referral_id
      FROM open_referral WHERE person_id = $3 AND stage < 3)
    SELECT $3::uuid AS person_id, (ARRAY['episode', 'accepted-referral', 'intake'])[h.rank + 1] AS by,
      ${instantOf('h.since')} AS since, h.episode_id, h.referral_id, h.team_id, t.organisation, t.name AS team_name,
      t.telephone AS team_telephone, h.coordinator_id, ${instantOf('h.duty_until')} AS duty_until,
      p.name AS practitioner_name, p.role AS practitioner_role, p.telephone AS practitioner_telephone
    FROM holder h LEFT JOIN team t ON t.id = h.team_id
      LEFT JOIN practitioner p ON p.team_id = h.team_id AND p.id = h.coordinator_id
    WHERE EXISTS (SELECT FROM ${callersRelationships('$3')} AND (${ofKind(JOURNEY_KINDS)} OR ${standsIn('$3')}))
    ORDER BY h.rank, h.since, h.referral_id LIMIT 1`,
  values: [...callerOf(caller), personId],
});
