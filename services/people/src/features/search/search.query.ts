import type { Principal, Statement } from '@homeward/persistence';
import { CARD_COLUMNS } from '../../adapters/person-card';
import { callerOf, related } from '../../adapters/related';
import type { Sought } from '../../domain/search';

const MOST = 50;

export function searchFor(principal: Principal, sought: Sought): Statement {
  const caller = callerOf(principal);
  if (sought.by === 'nhs-number') {
    return { text: matching('p.nhs_number = $3'), values: [...caller, sought.nhsNumber] };
  }
  const { birthDate, familyNameKey, givenNameKey } = sought;
  const named = 'p.birth_date = $3::date AND p.family_name_key = $4 AND ($5::text IS NULL OR p.given_name_key = $5)';
  return { text: matching(named), values: [...caller, birthDate, familyNameKey, givenNameKey] };
}

const matching = (condition: string): string =>
  `SELECT ${CARD_COLUMNS} FROM person p WHERE ${condition} AND ${related('p')} ORDER BY p.person_id LIMIT ${MOST}`;
