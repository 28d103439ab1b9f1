import type { Principal, Statement } from '@homeward/persistence';
import { CARD_COLUMNS } from '../../adapters/person-card';
import { asked, callerOf, related } from '../../adapters/related';

export const cardsOf = (caller: Principal, ids: string[]): Statement => ({
  text: `SELECT ${CARD_COLUMNS}, asked.id AS asked_id FROM ${asked('$3')}
    JOIN person p ON p.person_id = asked.means WHERE ${related('p')}`,
  values: [...callerOf(caller), ids],
});
