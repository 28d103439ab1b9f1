import { formatMicros, parseMicros, type Instant } from '@homeward/kernel';
import { inUtc, type Change, type Row, type Statement } from '@homeward/persistence';
import { evolve, type AccountabilityFact, type Course } from '../domain/accountability';
import type { Episode, Known } from '../domain/episode';
import { toEpisode, updateEpisodes } from './episode.repository';

/** A command on a transfer or a hospital stay knows the person only once it has loaded it. */
export type PersonOf = { person: string } | { transfer: string } | { stay: string };

/** The person's id as SQL; its one parameter is `$1`. */
export function person(of: PersonOf): Statement {
  if ('person' in of) return { text: '$1::uuid', values: [of.person] };
  const [table, id] = 'transfer' in of ? ['transfer', of.transfer] : ['hospital_stay', of.stay];
  return { text: `(SELECT person_id FROM ${table} WHERE id = $1)`, values: [id] };
}

/** All that a new fact is judged by: `toCourse` reads its rows. */
export function loadCourse(of: PersonOf): Statement[] {
  const { text: id, values } = person(of);
  return [
    { text: `SELECT id, ${inUtc('opened_at')} AS opened_at FROM episode WHERE person_id = ${id}`, values },
    loadFacts(of),
    { text: `SELECT ${inUtc('last_recorded_at')} AS at FROM stream WHERE key = 'person/' || ${id}`, values },
  ];
}

/** Of a fact (alias `f`) with its team (`t`). */
export const FACT_COLUMNS = `f.id, f.kind, f.episode_id, f.team_id, t.organisation, f.coordinator_id, f.hospital_stay_id,
  ${inUtc('f.duty_until')} AS duty_until, ${inUtc('f.occurred_at')} AS occurred_at,
  ${inUtc('f.recorded_at')} AS recorded_at, f.corrects, f.closing_id`;

export function loadFacts(of: PersonOf): Statement {
  const { text: id, values } = person(of);
  return {
    text: `SELECT ${FACT_COLUMNS}
      FROM accountability_fact f LEFT JOIN team t ON t.id = f.team_id WHERE f.person_id = ${id}`,
    values,
  };
}

/** What is known of a person under the lock; `recordedAt` is the time that the next event of the stream gets. */
export interface Loaded extends Known {
  episodes: Episode[];
  facts: AccountabilityFact[];
  recordedAt: Instant;
}

export function toCourse([episodes = [], facts = [], last = []]: Row[][], now: Date): Loaded {
  return { episodes: episodes.map(toEpisode), facts: facts.map(toFact), recordedAt: nextRecordedAt(last[0], now) };
}

export function toFact(row: Row): AccountabilityFact {
  const text = (column: string): string => row[column] as string;
  const told = {
    id: text('id'),
    occurredAt: text('occurred_at'),
    recordedAt: text('recorded_at'),
    corrects: (row['corrects'] as string | null) ?? undefined,
  };
  const kind = row['kind'] as AccountabilityFact['kind'];
  if (kind === 'died') return { ...told, kind, closingId: (row['closing_id'] as string | null) ?? undefined };
  return {
    ...told,
    kind,
    episodeId: text('episode_id'),
    organisation: text('organisation'),
    teamId: text('team_id'),
    answeredBy: row['coordinator_id'] as string | null,
    dutyUntil: row['duty_until'] as string | null,
    hospitalStayId: (row['hospital_stay_id'] as string | null) ?? undefined,
  };
}

/** The time that the next event of the stream gets: a fact and its event are recorded at the same instant. */
export function nextRecordedAt(lastRecorded: Row | undefined, now: Date): Instant {
  const clock = BigInt(now.getTime()) * 1000n;
  const next = lastRecorded ? parseMicros(lastRecorded['at'] as string) + 1n : 0n;
  return formatMicros(clock > next ? clock : next);
}

/**
 * Keeps a new fact and rewrites by all facts what follows from them: the person's ranges, and of each episode who is
 * accountable in it, who is named beside, and where it ends. `nth` tells apart facts that one write records of several ids.
 */
export function recordFact(personId: string, known: Known, fact: AccountabilityFact, nth = 0): Change[] {
  const course = evolve([...known.facts, fact]);
  return [
    insertFact(personId, fact),
    ...rewriteRanges(personId, course, `ranges_before_${nth}`),
    ...updateEpisodes(known.episodes, course),
  ];
}

function insertFact(personId: string, fact: AccountabilityFact): Change {
  const team = fact.kind === 'died' ? undefined : fact;
  return {
    text: `INSERT INTO accountability_fact (id, person_id, kind, occurred_at, recorded_at, corrects,
        episode_id, team_id, coordinator_id, duty_until, hospital_stay_id, closing_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING 1`,
    values: [
      fact.id,
      personId,
      fact.kind,
      fact.occurredAt,
      fact.recordedAt,
      fact.corrects ?? null,
      team?.episodeId ?? null,
      team?.teamId ?? null,
      team?.answeredBy ?? null,
      team?.dutyUntil ?? null,
      team?.hospitalStayId ?? null,
      (fact.kind === 'died' ? fact.closingId : undefined) ?? null,
    ],
  };
}

function rewriteRanges(personId: string, { ranges }: Course, before: string): Change[] {
  return [
    {
      name: before,
      text: 'DELETE FROM accountability WHERE person_id = $1 RETURNING 1',
      values: [personId],
      rows: 'any',
    },
    {
      // The count makes the insert wait for the delete; without it the new ranges would meet the old ones.
      text: `INSERT INTO accountability (person_id, team_id, episode_id, during)
        SELECT $1, r.team_id, r.episode_id, tstzrange(r."from", r.until)
        FROM (SELECT count(*) FROM ${before}) AS n,
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
