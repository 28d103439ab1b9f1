import {
  hospitalStayBegan,
  hospitalStayDischargeAccepted,
  hospitalStayEnded,
  hospitalStayMoved,
  newEvent,
  type DischargeKind,
  type NewEvent,
} from '@homeward/contracts';
import type { Instant } from '@homeward/kernel';
import type { Holding, TeamFact } from '../domain/accountability';
import type { StayRecorded } from '../domain/hospital-stay';

const on = (personId: string, hospitalStayId: string, occurredAt: Instant) => ({
  stream: `person/${personId}`,
  subject: `hospital-stay/${hospitalStayId}`,
  personId,
  occurredAt,
});

/** `dischargeKind` of an end. */
export function published(personId: string, recorded: StayRecorded, dischargeKind?: DischargeKind): NewEvent {
  const { fact, responsibility, leftHospital, leftCommunity, until } = recorded;
  const { hospitalStayId = '', episodeId, organisation, teamId } = fact;
  const envelope = on(personId, hospitalStayId, fact.occurredAt);
  const data = { hospitalStayId, episodeId, organisation, teamId, ...responsibility, ...(until ? { until } : {}) };
  if (dischargeKind !== undefined) {
    const left = { leftHospital: leftBehind(leftHospital), leftCommunity: leftBehind(leftCommunity) };
    return newEvent(hospitalStayEnded, { ...envelope, data: { ...data, kind: dischargeKind, ...left } });
  }
  const contract = fact.kind === 'hospital-stay-began' ? hospitalStayBegan : hospitalStayMoved;
  return newEvent(contract, { ...envelope, data: { ...data, left: leftBehind(leftHospital) } });
}

function leftBehind(holding: Holding | null) {
  if (!holding || holding.answeredBy === null) return null;
  const { hospitalStayId, organisation, teamId, answeredBy } = holding;
  return { ...(hospitalStayId === undefined ? {} : { hospitalStayId }), organisation, teamId, answeredBy };
}

/** `discharge` is the fact that named the community team. */
export const dischargeAccepted = (personId: string, discharge: TeamFact, at: Instant): NewEvent => {
  const { hospitalStayId = '', episodeId, organisation, teamId } = discharge;
  const data = { hospitalStayId, episodeId, organisation, teamId };
  return newEvent(hospitalStayDischargeAccepted, { ...on(personId, hospitalStayId, at), data });
};
