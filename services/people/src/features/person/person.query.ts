import type { Principal, Statement } from '@homeward/persistence';
import { shownHome } from '../../adapters/home.repository';
import { needsOf } from '../../adapters/need.repository';
import { callerOf, homeOn, mayRead, meantBy, TODAY } from '../../adapters/related';

const IDENTITY = (table: string): string =>
  ['person_id', 'nhs_number', 'nhs_number_absent_reason', 'given_name', 'family_name', 'birth_date::text', 'basis']
    .map((column) => `${table}.${column}`)
    .join(', ');

/**
 * Who supports the person sees the person (PERM-10, PERM-12), under an id that was merged as under their own; who only registered them
 * sees what they sent themselves, so that reading tells no more than registering did.
 */
export const personFor = (principal: Principal, id: string, role: string): Statement => ({
  text: `WITH supported AS (SELECT $3::uuid AS asked_id, ${IDENTITY('p')}, ${shownHome('h')}, p.version, p.provisional,
      p.died_on::text, p.died_at, ${needsOf('p')}
    FROM person p ${homeOn(TODAY)} WHERE ${meantBy('p', '$3')} AND ${mayRead('p', role)})
    SELECT * FROM supported
    UNION ALL
    (SELECT $3::uuid, ${IDENTITY('r')}, ${shownHome('r', 'home_')}, NULL, NULL, NULL, NULL, NULL FROM registration r
      WHERE r.person_id = $3 AND r.organisation = $1 AND ${role !== 'privacy'} AND NOT EXISTS (SELECT FROM supported)
      ORDER BY r.registration_id DESC LIMIT 1)`,
  values: [...callerOf(principal), id],
});

/** To who could read somebody who is erased by now, since when. */
export function personOrErased(principal: Principal, id: string, role: string): Statement {
  const { text, values } = personFor(principal, id, role);
  const told = 'SELECT person_id, erased_at FROM told_of_erasure WHERE person_id = $3 AND organisation = $1';
  return {
    text: `SELECT answer.*, told.erased_at FROM (${text}) AS answer
      FULL JOIN (${told}) AS told ON told.person_id = answer.asked_id`,
    values,
  };
}
