import { allOf } from '../deadline-events';
import type { EventContract } from '../event-contract';
import { episodeClosed } from './episode-closed';
import { episodeCommunityTeamJoined } from './episode-community-team-joined';
import { episodeOpened } from './episode-opened';
import { episodeTeamJoined } from './episode-team-joined';
import { hospitalStayBegan } from './hospital-stay-began';
import { hospitalStayDischargeAccepted } from './hospital-stay-discharge-accepted';
import { hospitalStayEnded } from './hospital-stay-ended';
import { hospitalStayMoved } from './hospital-stay-moved';
import { practitionerJoinedTeam } from './practitioner-joined-team';
import { teamOpened } from './team-opened';
import { transferAccepted } from './transfer-accepted';
import { transferCompleted } from './transfer-completed';
import { flowDeadlines } from './transfer-deadlines';
import { transferDeclined } from './transfer-declined';
import { transferProposed } from './transfer-proposed';
import { transferSuperseded } from './transfer-superseded';
import { transferWithdrawn } from './transfer-withdrawn';

export * from './episode-closed';
export * from './episode-community-team-joined';
export * from './episode-opened';
export * from './episode-team-joined';
export * from './hospital-stay-began';
export * from './hospital-stay-discharge-accepted';
export * from './hospital-stay-ended';
export * from './hospital-stay-moved';
export * from './practitioner-joined-team';
export * from './team-opened';
export * from './transfer-accepted';
export * from './transfer-completed';
export * from './transfer-deadlines';
export * from './transfer-declined';
export * from './transfer-proposed';
export * from './transfer-superseded';
export * from './transfer-withdrawn';

export const flowEvents: EventContract[] = [
  teamOpened,
  practitionerJoinedTeam,
  episodeOpened,
  episodeTeamJoined,
  episodeCommunityTeamJoined,
  episodeClosed,
  transferProposed,
  transferAccepted,
  transferCompleted,
  transferDeclined,
  transferWithdrawn,
  transferSuperseded,
  hospitalStayBegan,
  hospitalStayMoved,
  hospitalStayEnded,
  hospitalStayDischargeAccepted,
  ...allOf(flowDeadlines),
];
