import type { Change, Row, Statement } from '@homeward/persistence';
import { evolve, type Course, type Holding, type TeamFact } from '../domain/accountability';
import { closedAt, standingIn, type Episode, type Known, type TeamJoined } from '../domain/episode';
import { practitionerOf, type Responsibility } from '../domain/responsibility';

/** The community side of a transfer's episode, which is who hands over. */
export const loadEpisodeOfTransfer = (transferId: string): Statement => ({
  text: `SELECT coalesce(e.community_coordinator_id, e.coordinator_id) AS coordinator_id
    FROM transfer t JOIN episode e ON e.id = t.episode_id WHERE t.id = $1`,
  values: [transferId],
});

export const toEpisode = (row: Row): Episode => ({ id: row['id'] as string, openedAt: row['opened_at'] as string });

/** An episode that opens with `fact`; where a later one, or the death, is known already, it ends there. */
export function insertEpisode(personId: string, known: Known, fact: TeamFact, referralId: string | null): Change {
  const episode = { id: fact.episodeId, openedAt: fact.occurredAt };
  const course = evolve([...known.facts, fact]);
  const closed = closedAt(episode, [...known.episodes, episode], course);
  return {
    text: `INSERT INTO episode (id, person_id, referral_id, accountable_team_id, coordinator_id, duty_until,
        hospital_stay_id, opened_at, closed_at, closed_reason)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING 1`,
    values: [
      episode.id,
      personId,
      referralId,
      fact.teamId,
      fact.answeredBy,
      fact.dutyUntil,
      fact.kind === 'hospital-stay-began' || fact.kind === 'hospital-stay-moved' ? fact.hospitalStayId : null,
      episode.openedAt,
      closed,
      closedReason(closed, episode.openedAt, course),
    ],
  };
}

/** Episodes known already, as all facts make them. */
export function updateEpisodes(episodes: readonly Episode[], course: Course): Change[] {
  if (episodes.length === 0) return [];
  const rows = episodes.map((episode) => {
    const { accountable, beside } = standingIn(episode.id, course) ?? {};
    const closed = closedAt(episode, episodes, course);
    return [
      episode.id,
      ...answering(accountable),
      accountable?.hospitalStayId ?? null,
      ...answering(beside),
      closed,
      closedReason(closed, episode.openedAt, course),
    ];
  });
  return [
    {
      // Who answers may be unknown of a fact from before that was kept: then whoever did, does.
      text: `UPDATE episode e SET accountable_team_id = coalesce(v.team, e.accountable_team_id),
          coordinator_id = coalesce(v.coordinator, e.coordinator_id),
          duty_until = CASE WHEN v.coordinator IS NULL THEN e.duty_until ELSE v.duty END, hospital_stay_id = v.stay,
          community_team_id = v.beside, community_coordinator_id = v.beside_coordinator,
          community_duty_until = v.beside_duty, closed_at = v.closed, closed_reason = v.reason, version = version + 1
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::uuid[], $6::uuid[], $7::uuid[],
            $8::timestamptz[], $9::timestamptz[], $10::text[])
          AS v (id, team, coordinator, duty, stay, beside, beside_coordinator, beside_duty, closed, reason)
        WHERE e.id = v.id RETURNING 1`,
      values: Array.from({ length: 10 }, (_, column) => rows.map((row) => row[column] ?? null)),
      rows: episodes.length,
    },
  ];
}

const answering = (holding: Holding | undefined): (string | null)[] => [
  holding?.teamId ?? null,
  holding?.answeredBy ?? null,
  holding?.dutyUntil ?? null,
];

const closedReason = (closed: string | null, openedAt: string, { diedAt }: Course): 'died' | null =>
  closed !== null && diedAt !== null && (closed === diedAt || closed === openedAt) ? 'died' : null;

/** A team that contributes already, or answers itself, needs no second row. */
export const insertContributingTeam = (personId: string, { episodeId, acceptance }: TeamJoined): Change => ({
  text: `INSERT INTO episode_team (episode_id, team_id, person_id, referral_id, joined_at)
    SELECT $1, $2, $3, $4, $5
      WHERE NOT EXISTS (SELECT FROM episode WHERE id = $1 AND $2 IN (accountable_team_id, community_team_id))
    ON CONFLICT (episode_id, team_id) DO NOTHING RETURNING 1`,
  values: [episodeId, acceptance.teamId, personId, acceptance.referralId, acceptance.acceptedAt],
  rows: 'any',
});

/** `coordinator_id` and `duty_until` of what a transfer agrees. */
export const agreed = (responsibility: Responsibility): [string, string | null] => [
  practitionerOf(responsibility),
  responsibility.dutyHolder?.until ?? null,
];
