import type { RelationshipChange, RelationshipSource } from '../event-contract';
import { answeredBy } from '../schema';

/** A team and who answers in it. */
interface Holding {
  organisation: string;
  teamId: string;
  answeredBy: string;
}

interface Entering {
  hospitalStayId: string;
  organisation: string;
  teamId: string;
  coordinatorId: string | null;
  dutyHolder: { practitionerId: string; until: string } | null;
  left: (Holding & { hospitalStayId?: string }) | null;
  until?: string;
}

/** The hospital team sees the person while it answers; nobody in the community loses sight of them. */
export function entersHospital({ data, personId, occurredAt: at }: RelationshipSource<Entering>): RelationshipChange[] {
  const subject = `hospital-stay/${data.hospitalStayId}`;
  const entered = { ...data, answeredBy: answeredBy(data) };
  return [
    ...leaves(personId, data.left, `hospital-stay/${data.left?.hospitalStayId ?? data.hospitalStayId}`, at),
    ...holds(personId, entered, subject, at, data.until),
  ];
}

export function holds(
  personId: string,
  { organisation, teamId, answeredBy: practitioner }: Holding,
  subject: string,
  at: string,
  until?: string,
): RelationshipChange[] {
  const opened = { change: 'open' as const, personId, organisation, subject, at, until };
  return [
    { ...opened, holder: `team/${teamId}`, kind: 'accountable-team' },
    { ...opened, holder: `practitioner/${practitioner}`, kind: 'coordinator' },
  ];
}

export function leaves(personId: string, left: Holding | null, subject: string, at: string): RelationshipChange[] {
  if (!left) return [];
  const ended = { change: 'end' as const, personId, organisation: left.organisation, subject, at };
  return [
    { ...ended, holder: `team/${left.teamId}`, kind: 'accountable-team' },
    { ...ended, holder: `practitioner/${left.answeredBy}`, kind: 'coordinator' },
  ];
}
