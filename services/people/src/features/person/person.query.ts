import type { Principal, Statement } from '@homeward/persistence';
import { callerOf, related } from '../../adapters/related';

const COLUMNS = `person_id, nhs_number, nhs_number_absent_reason, given_name, family_name, birth_date::text,
  home_lines, postcode, responsible_icb, basis`;

/**
 * Who supports the person sees the person; who only registered them sees what they sent themselves, so that reading
 * tells no more than registering did.
 */
export const personFor = (principal: Principal, personId: string): Statement => ({
  text: `WITH supported AS (SELECT * FROM person WHERE person_id = $3 AND ${related('person')})
    SELECT ${COLUMNS}, provisional FROM supported
    UNION ALL
    (SELECT ${COLUMNS}, NULL FROM registration
      WHERE person_id = $3 AND organisation = $1 AND NOT EXISTS (SELECT FROM supported)
      ORDER BY registration_id DESC LIMIT 1)`,
  values: [...callerOf(principal), personId],
});
