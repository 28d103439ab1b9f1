import type { Principal, Statement } from '@homeward/persistence';
import { CARD_COLUMNS } from '../../adapters/person-card';
import { callerOf, related } from '../../adapters/related';
import type { Sought } from '../../domain/search';

const MOST = 50;

export function searchFor(principal: Principal, sought: Sought): Statement {
  const caller = callerOf(principal);
  if (sought.by === 'nhs-number') {
    return { text: matching('f.nhs_number = $3'), values: [...caller, sought.nhsNumber] };
  }
  const { birthDate, familyNameKey, givenNameKey } = sought;
  const named = 'f.birth_date = $3::date AND f.family_name_key = $4 AND ($5::text IS NULL OR f.given_name_key = $5)';
  return { text: matching(named), values: [...caller, birthDate, familyNameKey, givenNameKey] };
}

/** Who was merged is found by what either id was known by, and listed once. As in `meantBy`, the ids are made first. */
const matching = (condition: string): string =>
  `SELECT ${CARD_COLUMNS}, p.person_id AS asked_id FROM
      (SELECT DISTINCT coalesce(a.survivor_id, f.person_id) AS id FROM person f
        LEFT JOIN person_alias a ON a.alias_id = f.person_id WHERE ${condition} OFFSET 0) AS found
    JOIN person p ON p.person_id = found.id WHERE ${related('p')} ORDER BY p.person_id LIMIT ${MOST}`;
