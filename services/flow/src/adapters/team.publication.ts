import { newEvent, practitionerJoinedTeam, teamOpened, type NewEvent } from '@homeward/contracts';
import type { Instant } from '@homeward/kernel';
import type { Team } from './team.repository';

const onTeam = (id: string, occurredAt: Instant) => ({ stream: `team/${id}`, subject: `team/${id}`, occurredAt });

/** Names of teams and of practitioners stay here. */
export const opened = ({ id, organisation, kind, telephone }: Team, at: Instant): NewEvent =>
  newEvent(teamOpened, { ...onTeam(id, at), data: { teamId: id, organisation, kind, telephone } });

export const joined = (practitionerId: string, { id, organisation }: Team, at: Instant): NewEvent =>
  newEvent(practitionerJoinedTeam, { ...onTeam(id, at), data: { practitionerId, teamId: id, organisation } });
