import {
  episodeClosed,
  episodeCommunityTeamJoined,
  episodeOpened,
  episodeTeamJoined,
  newEvent,
  type NewEvent,
} from '@homeward/contracts';
import type { Instant } from '@homeward/kernel';
import type { Holding } from '../domain/accountability';
import type { EpisodeEvent } from '../domain/episode';

const on = (personId: string, episodeId: string, occurredAt: Instant) => ({
  stream: `person/${personId}`,
  subject: `episode/${episodeId}`,
  personId,
  occurredAt,
});

/** `until`: where it is known already that the team answers no longer. */
export function published(personId: string, event: EpisodeEvent, until: Instant | null): NewEvent {
  const { episodeId, acceptance } = event;
  const { referralId, organisation, teamId, responsibility, acceptedAt } = acceptance;
  const envelope = on(personId, episodeId, acceptedAt);
  const data = { episodeId, referralId, organisation, teamId };
  switch (event.type) {
    case 'opened': {
      const closedAt = until ? { closedAt: until } : {};
      return newEvent(episodeOpened, { ...envelope, data: { ...data, ...responsibility, ...closedAt } });
    }
    case 'community-team-joined':
      return newEvent(episodeCommunityTeamJoined, {
        ...envelope,
        data: { ...data, ...responsibility, ...(until ? { until } : {}) },
      });
    case 'team-joined':
      return newEvent(episodeTeamJoined, { ...envelope, data });
  }
}

/** `closing`: its id, and of the one that told it otherwise before. */
export const closedByDeath = (
  personId: string,
  { episodeId, organisation, teamId }: Holding,
  diedAt: Instant,
  closing: { id: string; corrects?: string },
): NewEvent =>
  newEvent(episodeClosed, {
    ...on(personId, episodeId, diedAt),
    ...closing,
    data: { episodeId, organisation, teamId, reasonCode: 'died' },
  });
