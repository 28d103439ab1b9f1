import type { Principal, Statement } from '@homeward/persistence';

/** Who works with a referral; a referrer of the same organisation sees no more than a referrer. */
const INSIDE = ['intake', 'triage-clinician', 'team-lead', 'coordinator'];

const IN_UTC = `to_char(p.happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const hasRight = (kinds: string): string => `EXISTS (SELECT FROM relationship r WHERE r.person_id = f.person_id
  AND r.organisation = $1 AND r.subject = 'referral/' || f.id AND r.kind IN (${kinds}) OFFSET 0)`;

/** Who broke the glass sees all of it, and nobody else of their organisation does. */
const LOOKS = `EXISTS (SELECT FROM relationship r WHERE r.person_id = f.person_id
  AND r.organisation = $1 AND r.kind = 'break-glass' AND r.holder = 'practitioner/' || $4 OFFSET 0)`;

/**
 * The referrals of the caller, each with whether it is seen from inside: by its intake while it is open, by the intake
 * that it is passed on to, by the accepting team, and by the intake that decided it, which keeps reading what it wrote
 * itself (DEC-32). An intake that passed it on sees the steps that it wrote; a referrer how its own referral stands.
 */
export const referralsFor = (principal: Principal, only: { id: string } | { personId: string }): Statement => ({
  text: `SELECT s.*, t.telephone AS team_telephone,
      CASE WHEN s.inside OR s.passed_on THEN (
        SELECT json_agg(json_strip_nulls(json_build_object('type', p.type, 'at', ${IN_UTC}, 'organisation', p.organisation,
          'codes', p.codes, 'words', p.words)) ORDER BY p.version)
        FROM referral_step p WHERE p.referral_id = s.id AND (s.inside OR p.organisation = $1)) END AS steps
    FROM (
      SELECT f.*, $2::boolean AND ((f.decided_at IS NOT NULL AND f.intake_organisation = $1)
          OR ${hasRight(`'intake', 'accepting-team', 'receiving-team'`)} OR ${LOOKS}) AS inside,
        $2 AND $1 = ANY (f.earlier_intakes) AS passed_on,
        ${hasRight(`'referrer'`)} AS referred
      FROM referral f WHERE ${'id' in only ? 'f.id' : 'f.person_id'} = $3) s
    LEFT JOIN directory_team t ON t.team_id = s.team_id
    WHERE s.inside OR s.passed_on OR s.referred ORDER BY s.received_at DESC, s.id LIMIT 100`,
  values: [
    principal.organisation,
    principal.roles.some((role) => INSIDE.includes(role)),
    'id' in only ? only.id : only.personId,
    principal.sub,
  ],
});
