import { formatMicros, parseMicros, type Instant } from '@homeward/kernel';
import type { Change, Row, Statement } from '@homeward/persistence';
import { evolve, type AccountabilityFact } from '../domain/accountability';
import { instantOf } from './instant';

/** A command on a transfer knows the person only once it has loaded it. */
type PersonOf = { person: string } | { transfer: string };

const person = (of: PersonOf): Statement =>
  'person' in of
    ? { text: '$1::uuid', values: [of.person] }
    : { text: '(SELECT person_id FROM transfer WHERE id = $1)', values: [of.transfer] };

export const loadFacts = (of: PersonOf): Statement => ({
  text: `SELECT id, kind, episode_id, team_id, ${instantOf('occurred_at')} AS occurred_at,
    ${instantOf('recorded_at')} AS recorded_at, corrects FROM accountability_fact WHERE person_id = ${person(of).text}`,
  values: person(of).values,
});

/** When the last event of the person's stream was recorded. */
export const loadLastRecorded = (of: PersonOf): Statement => ({
  text: `SELECT ${instantOf('last_recorded_at')} AS at FROM stream WHERE key = 'person/' || ${person(of).text}`,
  values: person(of).values,
});

export const toFact = (row: Row): AccountabilityFact => ({
  id: row['id'] as string,
  kind: row['kind'] as AccountabilityFact['kind'],
  episodeId: row['episode_id'] as string,
  teamId: row['team_id'] as string,
  occurredAt: row['occurred_at'] as string,
  recordedAt: row['recorded_at'] as string,
  corrects: (row['corrects'] as string | null) ?? undefined,
});

/** The time that the next event of the stream gets: a fact and its event are recorded at the same instant. */
export function nextRecordedAt(lastRecorded: Row | undefined, now: Date): Instant {
  const clock = BigInt(now.getTime()) * 1000n;
  const next = lastRecorded ? parseMicros(lastRecorded['at'] as string) + 1n : 0n;
  return formatMicros(clock > next ? clock : next);
}

/** Keeps a new fact, and rewrites the person's ranges by all facts. */
export function recordFact(personId: string, known: AccountabilityFact[], fact: AccountabilityFact): Change[] {
  const ranges = evolve([...known, fact]);
  return [
    {
      text: `INSERT INTO accountability_fact (id, person_id, episode_id, kind, team_id, occurred_at, recorded_at, corrects)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING 1`,
      values: [
        fact.id,
        personId,
        fact.episodeId,
        fact.kind,
        fact.teamId,
        fact.occurredAt,
        fact.recordedAt,
        fact.corrects ?? null,
      ],
    },
    {
      name: 'ranges_before',
      text: 'DELETE FROM accountability WHERE person_id = $1 RETURNING 1',
      values: [personId],
      rows: 'any',
    },
    {
      // The count makes the insert wait for the delete; without it the new ranges would meet the old ones.
      text: `INSERT INTO accountability (person_id, team_id, episode_id, during)
        SELECT $1, r.team_id, r.episode_id, tstzrange(r."from", r.until)
        FROM (SELECT count(*) FROM ranges_before) AS n,
          unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[]) AS r (team_id, episode_id, "from", until)
        RETURNING 1`,
      values: [
        personId,
        ranges.map(({ teamId }) => teamId),
        ranges.map(({ episodeId }) => episodeId),
        ranges.map(({ from }) => from),
        ranges.map(({ until }) => until),
      ],
      rows: ranges.length,
    },
  ];
}
