import type { Principal, Statement } from '@homeward/persistence';
import { CARD_COLUMNS } from '../../adapters/person-card';
import { callerOf, meantBy, related } from '../../adapters/related';

export const cardsOf = (caller: Principal, ids: string[]): Statement => ({
  text: `SELECT ${CARD_COLUMNS}, asked.id AS asked_id FROM unnest($3::uuid[]) AS asked (id)
    JOIN person p ON ${meantBy('p', 'asked.id')} WHERE ${related('p')}`,
  values: [...callerOf(caller), ids],
});
