import type { Change, CommandContext, Principal, Statement, StreamLock } from '@homeward/persistence';
import type { PersonsMerged } from '../domain/merge';
import { settleQuestions } from './identity-question.repository';
import { KNOWN_PERSON } from './known-person.repository';
import { callerOf, mayChange, meantBy } from './related';

/** The streams of both, if the caller may see both. */
export const lockBoth = (principal: Principal, oldId: string, survivorId: string): StreamLock => ({
  select: {
    text: `WITH seen AS (SELECT p.person_id FROM person p WHERE p.person_id = ANY (ARRAY(
        SELECT wanted.person_id FROM unnest(ARRAY[$3, $4]::uuid[]) AS wanted (person_id) WHERE ${mayChange('wanted')})))
      SELECT 'person/' || person_id AS key FROM seen
      WHERE (SELECT count(*) FROM seen) = (SELECT count(DISTINCT id) FROM unnest(ARRAY[$3, $4]::uuid[]) AS id)`,
    values: [...callerOf(principal), oldId, survivorId],
  },
  what: 'person',
});

export const loadOne = (id: string): Statement => ({
  text: `SELECT ${KNOWN_PERSON} FROM person p WHERE p.person_id = $1`,
  values: [id],
});

export const loadAliases = (id: string): Statement => ({
  text: 'SELECT alias_id FROM person_alias WHERE survivor_id = $1 ORDER BY alias_id',
  values: [id],
});

/** Of whom the id means, whichever of theirs it is. */
export const loadAliasesOf = (id: string): Statement => ({
  text: `SELECT a.alias_id FROM person p JOIN person_alias a ON a.survivor_id = p.person_id
    WHERE ${meantBy('p', '$1')} ORDER BY a.alias_id`,
  values: [id],
});

/** What others than the two have under the number of the survivor. */
export const loadOthersOfBoth = (oldId: string, survivorId: string): Statement => ({
  text: `SELECT m.has_both, m.has_number FROM person p
    CROSS JOIN match_other_person(p.nhs_number, p.birth_date, ARRAY[$1, $2]::uuid[]) AS m WHERE p.person_id = $2`,
  values: [oldId, survivorId],
});

export function mergeChanges(context: CommandContext, event: PersonsMerged, at: Date): Change[] {
  const { old, survivor } = event;
  const { organisation, sub } = context.principal;
  return [
    {
      name: 'old_person',
      text: `UPDATE person SET version = version + 1, found_by_number = false
        WHERE person_id = $1 AND version = $2 RETURNING 1`,
      values: [old.personId, old.version - 1],
    },
    {
      // It reads from the change before, so that the number is free when the survivor takes it.
      text: `UPDATE person SET version = $2, provisional = $3, found_by_number = $4
        FROM old_person WHERE person_id = $1 AND version < $2 RETURNING 1`,
      values: [survivor.personId, survivor.version, survivor.provisional, survivor.foundByNumber],
    },
    {
      text: 'UPDATE person_alias SET survivor_id = $2 WHERE survivor_id = $1 RETURNING 1',
      values: [old.personId, survivor.personId],
      rows: event.earlierAliases.length,
    },
    {
      text: `INSERT INTO person_alias (alias_id, survivor_id, merged_at, organisation, sub)
        VALUES ($1, $2, $3, $4, $5) RETURNING 1`,
      values: [old.personId, survivor.personId, at, organisation, sub],
    },
    settleQuestions([old.personId, ...(survivor.provisional ? [] : [survivor.personId])], at),
  ];
}
