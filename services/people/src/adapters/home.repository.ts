import type { Day } from '@homeward/kernel';
import type { Change, Row, Statement } from '@homeward/persistence';
import type { HomeBegan, HomeInTime } from '../domain/homes';
import type { Home } from '../domain/person';
import { meantBy } from './related';

const DAYS = 'lower(home.during)::text AS from_day, upper(home.during)::text AS until_day';
/** All of it: for decisions, and for who may learn a restricted one. */
export const HOME = `${DAYS}, home.lines, home.postcode, home.responsible_icb, home.restricted`;

/**
 * What everybody sees of a home who sees the person: of a restricted one that there is one, and since when (DEC-34). The
 * content does not leave the database. The responsible board is withheld too: it says in which part of the country.
 */
export const shownHome = (table: string, prefix: '' | 'home_' = ''): string =>
  Object.entries({ lines: `${prefix}lines`, postcode: 'postcode', responsible_icb: 'responsible_icb' })
    .map(([name, column]) => `CASE WHEN NOT ${table}.${prefix}restricted THEN ${table}.${column} END AS ${name}`)
    .join(', ');
export const HOME_SHOWN = `${DAYS}, ${shownHome('home')}`;

export const loadHomes = (id: string): Statement => ({
  text: `SELECT ${HOME} FROM home WHERE ${meantBy('home', '$1')} ORDER BY home.during`,
  values: [id],
});

export const toHome = (row: Row): HomeInTime => ({
  from: row['from_day'] as string,
  until: row['until_day'] as string | null,
  lines: row['lines'] as string[],
  postcode: row['postcode'] as string,
  responsibleIcb: row['responsible_icb'] as string,
  restricted: row['restricted'] as boolean,
});

/** What stands in the place of a home that the caller may not learn. */
export type ShownHome = Omit<Home, 'restricted'> | { withheld: true };

export const toShownHome = (row: Row): ShownHome =>
  row['lines'] === null
    ? { withheld: true }
    : {
        lines: row['lines'] as string[],
        postcode: row['postcode'] as string,
        responsibleIcb: row['responsible_icb'] as string,
      };

/** The new home reads from the change that makes room for it, so that the two never overlap on the way. */
export function homeChanges(personId: string, { home, replaces, shortens }: HomeBegan, at: Date): Change[] {
  const { from, until, lines, postcode, responsibleIcb, restricted } = home;
  const values = [personId, from, until, lines, postcode, responsibleIcb, at, restricted];
  if (replaces) {
    const text = `UPDATE home SET lines = $4, postcode = $5, responsible_icb = $6, recorded_at = $7, restricted = $8
      WHERE person_id = $1 AND during = daterange($2::date, $3::date) RETURNING 1`;
    return [{ text, values }];
  }
  const insert = `INSERT INTO home (person_id, during, lines, postcode, responsible_icb, recorded_at, restricted)
    SELECT $1::uuid, daterange($2::date, $3::date), $4::text[], $5, $6, $7::timestamptz, $8::boolean`;
  if (!shortens) return [{ text: `${insert} RETURNING 1`, values }];
  const shortened: Change = {
    name: 'shortened',
    text: `UPDATE home SET during = daterange($2::date, $4::date)
      WHERE person_id = $1 AND during = daterange($2::date, $3::date) RETURNING 1`,
    values: [personId, shortens.from, shortens.until, from],
  };
  return [shortened, { text: `${insert} FROM shortened RETURNING 1`, values }];
}

export const restrictionChange = (personId: string, restricted: boolean, firstDays: readonly Day[]): Change => ({
  text: `UPDATE home SET restricted = $2 WHERE person_id = $1 AND restricted <> $2 AND lower(during) = ANY ($3::date[])
    RETURNING 1`,
  values: [personId, restricted, firstDays],
  rows: firstDays.length,
});
