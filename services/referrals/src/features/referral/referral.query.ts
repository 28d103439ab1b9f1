import type { Principal, Statement } from '@homeward/persistence';

/** Who works with a referral; a referrer of the same organisation sees no more than a referrer. */
const INSIDE = ['intake', 'triage-clinician', 'team-lead', 'coordinator'];

const HAS_RIGHT = `EXISTS (SELECT FROM relationship r WHERE r.person_id = f.person_id AND r.organisation = $1
  AND r.subject = 'referral/' || f.id AND r.kind`;

/**
 * The referrals of the caller, each with whether it is seen from inside: by its intake while it is open, by the
 * accepting team, and by the intake that decided it, which keeps reading what it wrote itself (DEC-32). Else a
 * referrer sees how its own referral stands.
 */
export const referralsFor = (principal: Principal, only: { id: string } | { personId: string }): Statement => ({
  text: `SELECT s.*, t.telephone AS team_telephone FROM (
      SELECT f.*, $2::boolean AND ((f.status <> 'received' AND f.intake_organisation = $1)
          OR ${HAS_RIGHT} IN ('intake', 'accepting-team'))) AS inside,
        ${HAS_RIGHT} = 'referrer') AS referred
      FROM referral f WHERE ${'id' in only ? 'f.id' : 'f.person_id'} = $3) s
    LEFT JOIN directory_team t ON t.team_id = s.team_id
    WHERE s.inside OR s.referred ORDER BY s.received_at DESC, s.id LIMIT 100`,
  values: [
    principal.organisation,
    principal.roles.some((role) => INSIDE.includes(role)),
    'id' in only ? only.id : only.personId,
  ],
});
