import { inUtc, type Statement } from '@homeward/persistence';

/** Which rows of the audit are asked for. */
export interface LooksWanted {
  /** About one of these: the ids that mean one person. */
  people?: readonly string[];
  /** By this one, acting for this organisation. */
  by?: { sub: string; organisation: string };
  from?: string;
  until?: string;
  /** What lies behind this row, in the order of the answer. */
  behind?: { at: string; id: string };
  limit: number;
}

/** A row of the audit as it is shown: no name, no words. */
export interface Look {
  id: string;
  /** To the microsecond. */
  at: string;
  organisation: string;
  sub: string;
  role: string;
  purpose: string;
  action: string;
  outcome: string;
  personIds: string[];
}

/** The newest first. A condition that is not asked for is not in the text: a plan for all of them would read everything. */
export function looksAt({ people, by, from, until, behind, limit }: LooksWanted): Statement {
  const values: unknown[] = [limit];
  const p = (value: unknown): string => `$${values.push(value)}`;
  const asked = [
    people && `a.person_ids && ${p(people)}::uuid[]`,
    by && `a.sub = ${p(by.sub)} AND a.organisation = ${p(by.organisation)}`,
    from && `a.at >= ${p(from)}::timestamptz`,
    until && `a.at < ${p(until)}::timestamptz`,
    behind && `(a.at, a.id) < (${p(behind.at)}::timestamptz, ${p(behind.id)}::uuid)`,
  ].filter((condition) => condition);
  return {
    text: `SELECT a.id, ${inUtc('a.at')} AS at, a.organisation, a.sub,
        a.role, a.purpose, a.action, a.outcome, a.person_ids::text[] AS "personIds"
      FROM audit a WHERE ${asked.join(' AND ')} ORDER BY a.at DESC, a.id DESC LIMIT $1`,
    values,
  };
}
