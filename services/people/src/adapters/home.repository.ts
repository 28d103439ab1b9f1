import type { Change, Row, Statement } from '@homeward/persistence';
import type { HomeBegan, HomeInTime } from '../domain/homes';
import { meantBy } from './related';

export const HOME = `lower(home.during)::text AS from_day, upper(home.during)::text AS until_day, home.lines, home.postcode,
  home.responsible_icb`;

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
});

/** The new home reads from the change that makes room for it, so that the two never overlap on the way. */
export function homeChanges(personId: string, { home, replaces, shortens }: HomeBegan, at: Date): Change[] {
  const { from, until, lines, postcode, responsibleIcb } = home;
  const values = [personId, from, until, lines, postcode, responsibleIcb, at];
  if (replaces) {
    const text = `UPDATE home SET lines = $4, postcode = $5, responsible_icb = $6, recorded_at = $7
      WHERE person_id = $1 AND during = daterange($2::date, $3::date) RETURNING 1`;
    return [{ text, values }];
  }
  const insert = `INSERT INTO home (person_id, during, lines, postcode, responsible_icb, recorded_at)
    SELECT $1::uuid, daterange($2::date, $3::date), $4::text[], $5, $6, $7::timestamptz`;
  if (!shortens) return [{ text: `${insert} RETURNING 1`, values }];
  const shortened: Change = {
    name: 'shortened',
    text: `UPDATE home SET during = daterange($2::date, $4::date)
      WHERE person_id = $1 AND during = daterange($2::date, $3::date) RETURNING 1`,
    values: [personId, shortens.from, shortens.until, from],
  };
  return [shortened, { text: `${insert} FROM shortened RETURNING 1`, values }];
}
