import type { Instant } from '@homeward/kernel';
import { evolve, holdingAt, open, type AccountabilityFact, type Course, type Holding } from './accountability';
import type { Responsibility } from './responsibility';

/** From the first fact on: somebody helps, and one team is accountable. */
export interface Episode {
  id: string;
  openedAt: Instant;
}

/** What flow knows of a person before a new fact. */
export interface Known {
  episodes: readonly Episode[];
  facts: readonly AccountabilityFact[];
}

/** A team said yes to a referral. */
export interface Acceptance {
  referralId: string;
  organisation: string;
  teamId: string;
  responsibility: Responsibility;
  acceptedAt: Instant;
}

export interface EpisodeOpened {
  type: 'opened';
  episodeId: string;
  acceptance: Acceptance;
}

/** A team takes the community side of an episode that had none, because it opened with an admission. */
export interface CommunityTeamJoined {
  type: 'community-team-joined';
  episodeId: string;
  acceptance: Acceptance;
}

/** A further team contributes. */
export interface TeamJoined {
  type: 'team-joined';
  episodeId: string;
  acceptance: Acceptance;
}

export type EpisodeEvent = EpisodeOpened | CommunityTeamJoined | TeamJoined;

/** Episodes follow each other without a gap until the death; what is told of after it belongs to the last. */
export const episodeAt = (episodes: readonly Episode[], at: Instant): Episode | undefined =>
  inOrder(episodes).findLast(({ openedAt }) => openedAt <= at);

/** Where an episode ends: where a later one takes over, or with the death (DEC-05). */
export function closedAt({ openedAt }: Episode, episodes: readonly Episode[], { diedAt }: Course): Instant | null {
  const next = inOrder(episodes).find((other) => other.openedAt > openedAt)?.openedAt ?? null;
  if (diedAt === null || (next !== null && next < diedAt)) return next;
  return diedAt < openedAt ? openedAt : diedAt;
}

/** Who is accountable in an episode, or was last, and who is named beside the hospital. */
export interface Standing {
  accountable: Holding;
  beside?: Holding;
}

export function standingIn(episodeId: string, { ranges, community }: Course): Standing | undefined {
  const accountable = ranges.findLast((range) => range.episodeId === episodeId);
  if (!accountable) return undefined;
  if (accountable.hospitalStayId === undefined) return { accountable };
  const { until: end } = accountable;
  const beside = community.findLast(
    ({ from, until }) => (end === null || from < end) && (until === null || (end !== null && until >= end)),
  );
  return { accountable, beside };
}

/**
 * What an acceptance means for a person's episodes. It happened, so it is never refused (DEC-01): a new episode opens
 * with it, unless one covers the person at that instant. Then the team contributes, because a second team is never
 * accountable (TRF-03), or takes the community side where that was nobody's (DEC-02). An episode that began later cuts
 * the new one, and the team joins it.
 */
export function takeUp({ episodes, facts }: Known, acceptance: Acceptance, newEpisodeId: string): EpisodeEvent[] {
  const at = acceptance.acceptedAt;
  const course = evolve(facts);
  const covering = episodeAt(episodes, at);
  if (covering) {
    const vacant = holdingAt(course.community, at) === undefined && holdingAt(course.hospital, at) !== undefined;
    return [{ type: vacant ? 'community-team-joined' : 'team-joined', episodeId: covering.id, acceptance }];
  }
  const events: EpisodeEvent[] = [{ type: 'opened', episodeId: newEpisodeId, acceptance }];
  const last = inOrder(episodes).at(-1);
  if (last && course.diedAt === null) {
    const stays = open(course.hospital) !== undefined && open(course.community) === undefined;
    events.push({ type: stays ? 'community-team-joined' : 'team-joined', episodeId: last.id, acceptance });
  }
  return events;
}

/** Where a team contributes, the lead of each team concerned is asked how they mean to work together. */
export function teamsToAsk({ facts }: Known, { episodeId, acceptance }: TeamJoined): string[] {
  const course = evolve(facts);
  if (course.diedAt !== null) return [];
  const { accountable, beside } = standingIn(episodeId, course) ?? {};
  return [...new Set([beside?.teamId ?? accountable?.teamId, acceptance.teamId])].filter((team) => team !== undefined);
}

const inOrder = (episodes: readonly Episode[]): Episode[] =>
  [...episodes].sort((a, b) => (a.openedAt < b.openedAt ? -1 : a.openedAt > b.openedAt ? 1 : 0));
