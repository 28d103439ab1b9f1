import type { DatabaseConfig } from '@homeward/persistence';
import { withDatabase } from './check-databases';
import { Findings } from './findings';
import { FACT_TYPES, type Fact, rangesBy, type Range, touching } from './ranges-by-log';
import { pages, type Scratch } from './scratch';

export async function readAccountability(flow: DatabaseConfig, scratch: Scratch): Promise<void> {
  const select = `SELECT person_id AS person, team_id AS team, lower(during)::text AS from, upper(during)::text AS until
    FROM accountability`;
  await withDatabase(flow, async (client) => {
    await client.query("SET timezone = 'UTC'");
    await pages(client, select, (rows) => scratch.put('accountability', rows));
  });
}

/**
 * By the time at which things happened each person has one accountable team from the first fact to their death, and no
 * instant without; and it is the team that the log's facts make accountable, told in whatever order (DEC-02, DEC-04, TRF-03).
 */
export async function checkAccountability(scratch: Scratch): Promise<string[]> {
  return [...(await againstTheLog(scratch)), ...(await againstAcceptances(scratch))];
}

async function againstTheLog(scratch: Scratch): Promise<string[]> {
  const found = new Findings();
  await scratch.pages<{ person: string; facts: Fact[] | null; ranges: Range[] | null }>(EACH_PERSON, (people) => {
    for (const { person, facts, ranges } of people) {
      const wanted = JSON.stringify(rangesBy(facts ?? []));
      const kept = JSON.stringify(touching(ranges ?? []));
      if (wanted !== kept) found.add(`${person}: accountable by the log ${wanted}, in flow ${kept}`);
    }
  });
  return found.first;
}

/** An acceptance is held from its own instant on (DEC-04), unless the person had died. */
async function againstAcceptances(scratch: Scratch): Promise<string[]> {
  const found = await scratch.ask<{ what: string }>(`
    SELECT DISTINCT format('%s: nobody is accountable at the acceptance %s', a.person, a.occurred_at) AS what
      FROM logged a WHERE a.type = 'homeward.referrals.referral.accepted.v1'
        AND NOT EXISTS (SELECT 1 FROM accountability r WHERE r.person = a.person
          AND r."from" <= a.occurred_at AND (r.until IS NULL OR a.occurred_at < r.until))
        AND NOT EXISTS (SELECT 1 FROM logged d WHERE d.person = a.person
          AND d.type = 'homeward.people.person.died.v1' AND d.occurred_at <= a.occurred_at)
    UNION ALL
    SELECT format('%s: accepted %s, responsible from %s', o.person, a.occurred_at, o.occurred_at)
      FROM logged o JOIN logged a ON a.id = o.causation
      WHERE o.type = 'homeward.flow.episode.opened.v1' AND a.occurred_at <> o.occurred_at`);
  return found.map(({ what }) => what);
}

const EACH_PERSON = `
  SELECT person, f.facts, r.ranges FROM (
    SELECT person, json_agg(json_build_object('id', id, 'type', type, 'at', occurred_at::text, 'corrects', corrects,
        'team', coalesce(data->>'toTeamId', data->>'teamId')) ORDER BY occurred_at, recorded_at) AS facts
      FROM (SELECT DISTINCT ON (id) * FROM logged WHERE type IN (${FACT_TYPES.map((type) => `'${type}'`).join(', ')})) AS l
      GROUP BY person) AS f
  FULL JOIN (
    SELECT person, json_agg(json_build_object('team', team, 'from', "from"::text, 'until', until::text)
        ORDER BY "from") AS ranges
      FROM accountability GROUP BY person) AS r USING (person)`;
