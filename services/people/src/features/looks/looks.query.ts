import type { Principal, Statement } from '@homeward/persistence';
import { callerOf, meantBy, related } from '../../adapters/related';

/** `p` is the person who asks. */
const OWN = `($1 = 'person/' || p.person_id OR EXISTS (SELECT FROM person_alias merged
  WHERE merged.survivor_id = p.person_id AND $1 = 'person/' || merged.alias_id))`;

/**
 * All ids that mean the person, for who may know who looked: the person themself, and the privacy role of an organisation
 * that has to do with them. Nobody else who acts in their own name: who looked at somebody's record is not for their family
 * (AUD-02, PERM-10).
 */
export const idsToLookFor = (principal: Principal, id: string): Statement => ({
  text: `SELECT p.person_id, ARRAY(SELECT merged.alias_id::text FROM person_alias merged
      WHERE merged.survivor_id = p.person_id) AS aliases
    FROM person p WHERE ${meantBy('p', '$3')} AND ${related('p')} AND ($1 NOT LIKE 'person/%' OR ${OWN})`,
  values: [...callerOf(principal), id],
});

/** For the audit row of a question that the other services answer: whom the answer was about. */
export const shown = (personIds: readonly string[]): Statement => ({
  text: 'SELECT DISTINCT person_id FROM unnest($1::uuid[]) AS person_id',
  values: [personIds],
});
