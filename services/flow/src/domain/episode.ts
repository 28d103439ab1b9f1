import type { Instant } from '@homeward/kernel';
import type { Responsibility } from './responsibility';

/** From a team's acceptance on: somebody helps, and one team is accountable. */
export interface Episode {
  id: string;
  /** The team accountable now; of a closed episode, the last. */
  teamId: string;
  openedAt: Instant;
  closedAt: Instant | null;
}

/** A team said yes to a referral. */
export interface Acceptance {
  referralId: string;
  teamId: string;
  responsibility: Responsibility;
  acceptedAt: Instant;
}

export interface EpisodeOpened {
  type: 'opened';
  episodeId: string;
  acceptance: Acceptance;
  /** Where a later episode, known already, takes over. */
  closedAt: Instant | null;
}

export interface TeamJoined {
  type: 'team-joined';
  episodeId: string;
  acceptance: Acceptance;
}

export type EpisodeEvent = EpisodeOpened | TeamJoined;

/**
 * What an acceptance means for a person's episodes. It happened, so it is never refused (DEC-01): a new episode opens
 * with it, unless one covers the person at that instant, open or closed since. Then the team contributes, because a
 * second team is never accountable (TRF-03). An episode that began later cuts the new one, and the team joins it.
 */
export function takeUp(episodes: readonly Episode[], acceptance: Acceptance, newEpisodeId: string): EpisodeEvent[] {
  const at = acceptance.acceptedAt;
  const covering = episodes.find(({ openedAt, closedAt }) => openedAt <= at && (closedAt === null || at < closedAt));
  if (covering) return [{ type: 'team-joined', episodeId: covering.id, acceptance }];
  const next = episodes
    .map(({ openedAt }) => openedAt)
    .filter((openedAt) => openedAt > at)
    .sort()[0];
  const events: EpisodeEvent[] = [{ type: 'opened', episodeId: newEpisodeId, acceptance, closedAt: next ?? null }];
  const open = episodes.find(({ closedAt }) => closedAt === null);
  if (open) events.push({ type: 'team-joined', episodeId: open.id, acceptance });
  return events;
}

/** Where a team joins, the lead of each team concerned is asked how they mean to work together. */
export function teamsToAsk(episodes: readonly Episode[], event: TeamJoined): string[] {
  const accountable = episodes.find(({ id }) => id === event.episodeId)?.teamId;
  return [...new Set([accountable, event.acceptance.teamId])].filter((team) => team !== undefined);
}
