import { connectionOf, type DatabaseConfig } from '@homeward/persistence';
import { Client } from 'pg';
import { pages, type Scratch } from './scratch';

/**
 * From the acceptance on, by the time at which things happened, each person has one accountable team and no instant
 * without: the ranges touch, do not overlap, begin with the first fact and have no end (DEC-04, TRF-03).
 */
export async function checkAccountability(flow: DatabaseConfig, scratch: Scratch): Promise<string[]> {
  await readRanges(flow, scratch);
  const found = await scratch.ask<{ what: string }>(`
    WITH ranges AS (
        SELECT *, lead("from") OVER own AS next, row_number() OVER own AS place FROM accountability
        WINDOW own AS (PARTITION BY person ORDER BY "from")),
      begun AS (SELECT person, min("from") AS "from" FROM accountability GROUP BY person),
      opened AS (
        SELECT DISTINCT ON (id) * FROM logged WHERE type = 'homeward.flow.episode.opened.v1'),
      accepted AS (
        SELECT DISTINCT ON (id) * FROM logged WHERE type = 'homeward.referrals.referral.accepted.v1')
    SELECT format('%s: a gap or an overlap at %s', person, until) AS what FROM ranges
      WHERE next IS NOT NULL AND until IS DISTINCT FROM next
    UNION ALL SELECT format('%s: nobody is accountable any more', person) FROM ranges
      WHERE next IS NULL AND until IS NOT NULL
    UNION ALL SELECT format('%s: accepted %s, responsible from %s', o.person, a.occurred_at, o.occurred_at)
      FROM opened o LEFT JOIN accepted a ON a.id = o.causation WHERE a.occurred_at IS DISTINCT FROM o.occurred_at
    UNION ALL SELECT format('%s: nobody is accountable at the acceptance', a.person)
      FROM accepted a LEFT JOIN begun b USING (person) WHERE b."from" IS NULL OR b."from" > a.occurred_at`);
  return found.map(({ what }) => what);
}

async function readRanges(flow: DatabaseConfig, scratch: Scratch): Promise<void> {
  const client = new Client({ ...connectionOf(flow, 'worker'), options: '-c timezone=UTC' });
  await client.connect();
  try {
    const select = 'person_id AS person, team_id AS team, lower(during)::text AS from, upper(during)::text AS until';
    await pages(client, { select, from: 'accountability', by: 'person_id, during' }, (rows) =>
      scratch.put('accountability', rows),
    );
  } finally {
    await client.end();
  }
}
