import type { EventContract } from '../event-contract';
import { episodeOpened } from './episode-opened';
import { episodeTeamJoined } from './episode-team-joined';
import { practitionerJoinedTeam } from './practitioner-joined-team';
import { teamOpened } from './team-opened';
import { transferAccepted } from './transfer-accepted';
import { transferCompleted } from './transfer-completed';
import { transferProposed } from './transfer-proposed';

export * from './episode-opened';
export * from './episode-team-joined';
export * from './practitioner-joined-team';
export * from './team-opened';
export * from './transfer-accepted';
export * from './transfer-completed';
export * from './transfer-proposed';

export const flowEvents: EventContract[] = [
  teamOpened,
  practitionerJoinedTeam,
  episodeOpened,
  episodeTeamJoined,
  transferProposed,
  transferAccepted,
  transferCompleted,
];
