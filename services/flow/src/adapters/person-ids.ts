import type { Statement, StreamLock } from '@homeward/persistence';

/** Every id that means the person (`ids.id`): its survivors, and all that were merged into it or into them. */
export const everyIdOf = (person: string): string => `(SELECT ${person}::uuid AS id
  UNION SELECT survivor_id FROM person_alias WHERE alias_id = ${person}
  UNION SELECT alias_id FROM person_alias WHERE survivor_id = ${person}
  UNION SELECT alias_id FROM person_alias
    WHERE survivor_id IN (SELECT survivor_id FROM person_alias WHERE alias_id = ${person})) AS ids`;

/** The given one first. */
export const loadIds = (personId: string): Statement => ({
  text: `SELECT id FROM ${everyIdOf('$1')} ORDER BY id <> $1, id`,
  values: [personId],
});

/** For a reaction, which sees everybody. */
export const personUnderEveryId = (personId: string): StreamLock => ({
  select: { text: `SELECT 'person/' || id AS key FROM ${everyIdOf('$1')}`, values: [personId] },
  what: 'person',
});
