import { episodeOpened, episodeTeamJoined, newEvent, type NewEvent } from '@homeward/contracts';
import type { EpisodeEvent } from '../domain/episode';

export function published(personId: string, organisation: string, event: EpisodeEvent): NewEvent {
  const { episodeId, acceptance } = event;
  const { referralId, teamId } = acceptance;
  const envelope = {
    stream: `person/${personId}`,
    subject: `episode/${episodeId}`,
    personId,
    occurredAt: acceptance.acceptedAt,
  };
  const data = { episodeId, referralId, organisation, teamId };
  switch (event.type) {
    case 'opened': {
      const closedAt = event.closedAt ? { closedAt: event.closedAt } : {};
      return newEvent(episodeOpened, { ...envelope, data: { ...data, ...acceptance.responsibility, ...closedAt } });
    }
    case 'team-joined':
      return newEvent(episodeTeamJoined, { ...envelope, data });
  }
}
