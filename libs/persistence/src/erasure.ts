import type { Change } from './decision';
import type { Statement } from './flush';

/**
 * Something that is not kept of a person who is erased: columns that are emptied, or without `columns` the rows as a whole.
 * What is counted for whoever decides and what then goes are one condition, so the one cannot promise what the other does
 * not do.
 */
export interface Erasable {
  table: string;
  /** For somebody who knows no tables: `what the referrer wrote`. */
  what: string;
  /** Which rows are about the person, whose ids are `$1`; by `person_id` unless given. */
  where?: string;
  /** What then stands in each column: an expression. */
  columns?: Record<string, string>;
}

/** Newer than anything that is told of the person, so that no late answer brings facts back. */
const LAST = '9223372036854775807';
const ERASED = `'{"erased": true}'::jsonb`;

/** What every service keeps that asks `people` for the facts of a person. */
export const COPIED_FACTS: Erasable = {
  table: 'person_copy',
  what: 'the copy of basis, responsible ICB and age milestones',
  columns: { facts: ERASED },
};

const rowsOf = ({ where = 'person_id = ANY ($1::uuid[])', columns }: Erasable): string => {
  const holding = Object.entries(columns ?? {}).map(([column, empty]) => `${column} IS DISTINCT FROM ${empty}`);
  return holding.length === 0 ? where : `${where} AND (${holding.join(' OR ')})`;
};

/** How many rows still hold something, as `rows`. */
export const countErasable = (part: Erasable, ids: readonly string[]): Statement => ({
  text: `SELECT count(*)::int AS rows FROM ${part.table} WHERE ${rowsOf(part)}`,
  values: [ids],
});

export function erase(part: Erasable, ids: readonly string[]): Change {
  const set = Object.entries(part.columns ?? {}).map(([column, empty]) => `${column} = ${empty}`);
  const verb = set.length === 0 ? `DELETE FROM ${part.table}` : `UPDATE ${part.table} SET ${set.join(', ')}`;
  return { text: `${verb} WHERE ${rowsOf(part)} RETURNING 1`, values: [ids], rows: 'any' };
}

/** What a service changes of what it does not keep, when it hears that somebody was erased. */
export const eraseAll = (parts: readonly Erasable[], ids: readonly string[]): Change[] => [
  ...parts.filter((part) => part !== COPIED_FACTS).map((part) => erase(part, ids)),
  eraseCopiedFacts(ids),
];

/** Says so also where there is no copy yet: an answer of `people` that is on its way must not become one. */
export const eraseCopiedFacts = (ids: readonly string[]): Change => ({
  text: `INSERT INTO person_copy (person_id, facts, sequence) SELECT id, ${ERASED}, ${LAST} FROM unnest($1::uuid[]) AS id
    ON CONFLICT (person_id) DO UPDATE SET facts = excluded.facts, sequence = excluded.sequence RETURNING 1`,
  values: [ids],
  rows: 'any',
});

/**
 * For a migration, run by the owner: whatever is written of somebody who is erased, by a request that was on its way or on
 * work that was still open, these columns of it stay empty.
 */
export const stayErased = (table: string, columns: Record<string, string>): string[] => [
  `CREATE FUNCTION ${table}_stays_erased() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN
      IF EXISTS (SELECT FROM person_copy c WHERE c.person_id = NEW.person_id AND c.facts ? 'erased') THEN
        ${Object.entries(columns)
          .map(([column, empty]) => `NEW.${column} := ${empty};`)
          .join(' ')}
      END IF;
      RETURN NEW; END $$`,
  `CREATE TRIGGER stays_erased BEFORE INSERT OR UPDATE ON ${table}
    FOR EACH ROW EXECUTE FUNCTION ${table}_stays_erased()`,
];
