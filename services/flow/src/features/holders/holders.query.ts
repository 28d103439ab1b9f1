import { inUtc, type Principal, type Statement } from '@homeward/persistence';
import { everyIdOf } from '../../adapters/person-ids';
import { callerOf, callersRelationships, opensJourney } from '../../adapters/related';

/**
 * Who holds a person now: the open episode's team, which is the hospital's while a stay lasts; after a death nobody does,
 * then who was last (DEC-05), whatever of a referral is not settled yet; else the team of an accepted referral whose
 * episode is not open yet; else the intake of the oldest open referral (DEC-04). Under whichever of the person's ids:
 * each row is judged by the right to its own. One statement, so that no instant lies between two.
 */
export const holderOf = (caller: Principal, personId: string, role: string): Statement => ({
  text: `WITH holder AS (
      SELECT e.person_id,
        CASE WHEN e.closed_at IS NOT NULL THEN 2 WHEN e.hospital_stay_id IS NOT NULL THEN 1 ELSE 0 END AS rank,
        e.accountable_team_id AS team_id, e.coordinator_id, e.duty_until,
        coalesce(lower(a.during), e.opened_at) AS since, NULL::timestamptz AS received_at, e.closed_at AS until,
        e.id AS episode_id, e.hospital_stay_id, e.community_team_id, e.community_coordinator_id, e.community_duty_until,
        NULL::uuid AS referral_id
      FROM ${everyIdOf('$3')} JOIN episode e ON e.person_id = ids.id LEFT JOIN LATERAL (SELECT during FROM accountability a
        WHERE a.person_id = e.person_id AND a.episode_id = e.id ORDER BY lower(a.during) DESC LIMIT 1) AS a ON true
      WHERE e.closed_at IS NULL OR e.closed_reason = 'died'
    UNION ALL
      SELECT person_id, 5 - stage, team_id, coordinator_id, duty_until, since, received_at, NULL, NULL, NULL, NULL, NULL, NULL, referral_id
      FROM ${everyIdOf('$3')} JOIN open_referral o ON o.person_id = ids.id WHERE stage < 3)
    SELECT $3::uuid AS person_id,
      (ARRAY['episode', 'hospital-stay', 'died', 'accepted-referral', 'intake'])[h.rank + 1] AS by,
      ${inUtc('h.since')} AS since, ${inUtc('h.until')} AS until, h.episode_id, h.hospital_stay_id, h.referral_id,
      h.team_id, t.organisation, t.name AS team_name, t.telephone AS team_telephone,
      h.coordinator_id, ${inUtc('h.duty_until')} AS duty_until,
      p.name AS practitioner_name, p.role AS practitioner_role, p.telephone AS practitioner_telephone,
      h.community_team_id AS beside_team_id, ct.organisation AS beside_organisation, ct.name AS beside_team_name,
      ct.telephone AS beside_team_telephone,
      h.community_coordinator_id AS beside_coordinator_id, ${inUtc('h.community_duty_until')} AS beside_duty_until,
      cp.name AS beside_practitioner_name, cp.role AS beside_practitioner_role,
      cp.telephone AS beside_practitioner_telephone
    FROM holder h LEFT JOIN team t ON t.id = h.team_id
      LEFT JOIN practitioner p ON p.team_id = h.team_id AND p.id = h.coordinator_id
      LEFT JOIN team ct ON ct.id = h.community_team_id
      LEFT JOIN practitioner cp ON cp.team_id = ct.id AND cp.id = h.community_coordinator_id
    WHERE EXISTS (SELECT FROM ${callersRelationships('h.person_id')}
      AND ${opensJourney('h.person_id', role)})
    ORDER BY h.rank, coalesce(h.received_at, CASE WHEN h.rank > 2 THEN h.since END), h.since DESC, h.referral_id LIMIT 1`,
  values: [...callerOf(caller), personId],
});
