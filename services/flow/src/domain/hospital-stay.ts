import type { TeamKind } from '@homeward/contracts';
import { DomainError, type Instant } from '@homeward/kernel';
import {
  evolve,
  holdingAt,
  open,
  type AccountabilityFact,
  type Course,
  type Holding,
  type TeamFact,
} from './accountability';
import { episodeAt, type Known } from './episode';
import {
  answeringIn,
  dutyIsTooLong,
  exactlyOne,
  practitionerOf,
  type Named,
  type Responsibility,
} from './responsibility';
import { warn, type Warning } from './warnings';

/** A team as flow knows it. */
export interface StayTeam {
  organisation: string;
  teamId: string;
  kind: TeamKind;
}

/** What somebody tells of a hospital stay: that it began, went on elsewhere, or ended. */
export interface Telling extends Named {
  kind: 'hospital-stay-began' | 'hospital-stay-moved' | 'hospital-stay-ended';
  hospitalStayId: string;
  /** Undefined: nobody knows such a team. */
  team: StayTeam | undefined;
  isInTeam: (practitionerId: string) => boolean;
  occurredAt: Instant;
  now: Instant;
  /** When it is recorded. */
  recordedAt: Instant;
  /** For the fact, and for the episode that it opens where there is none. */
  newId: string;
}

/** What it changes. */
export interface StayRecorded {
  fact: TeamFact;
  responsibility: Responsibility;
  /** The episode opens with it (DEC-04). */
  opensEpisode: boolean;
  before: Course;
  course: Course;
  /** Who no longer answers from then on. */
  leftHospital: Holding | null;
  leftCommunity: Holding | null;
  /** Told late: when this team no longer answered. */
  until: Instant | null;
  warnings: Warning[];
}

/** What happened is recorded from any state, early or late; only what cannot be is refused (DEC-01, DEC-02). */
export function tell(known: Known, telling: Telling): StayRecorded {
  const { kind, hospitalStayId, occurredAt, recordedAt, newId } = telling;
  const team = teamOf(telling);
  if (occurredAt > telling.now) {
    throw new DomainError('in-the-future', 'It lies in the future: send when it happened.', 'rule', 'DEC-01');
  }
  const before = evolve(known.facts);
  const responsibility = responsibilityOf(telling, team, before);
  const episode = episodeAt(known.episodes, occurredAt);
  const fact: TeamFact = {
    id: newId,
    kind,
    hospitalStayId,
    ...answeringIn({ organisation: team.organisation, teamId: team.teamId }, responsibility),
    episodeId: episode?.id ?? newId,
    occurredAt,
    recordedAt,
  };
  const course = evolve([...known.facts, fact]);
  const ends = kind === 'hospital-stay-ended';
  const own = (ends ? course.community : course.hospital).find(({ factId }) => factId === fact.id);
  return {
    fact,
    responsibility,
    opensEpisode: episode === undefined,
    before,
    course,
    leftHospital: leaving(before.hospital, course.hospital, occurredAt),
    leftCommunity: ends ? leaving(before.community, course.community, occurredAt) : null,
    until: own?.until ?? null,
    warnings: warningsOf(telling, responsibility, before, course),
  };
}

/** Whoever answers again by a later fact, told before, does not leave. */
function leaving(before: readonly Holding[], after: readonly Holding[], at: Instant): Holding | null {
  const left = holdingAt(before, at);
  if (!left || left.answeredBy === null) return null;
  const later = after.some(
    ({ from, teamId, answeredBy }) => from > at && teamId === left.teamId && answeredBy === left.answeredBy,
  );
  return later ? null : left;
}

function teamOf({ team, kind }: Telling): StayTeam {
  if (!team) throw new DomainError('team-unknown', 'There is no such team.', 'rule');
  const toHospital = kind !== 'hospital-stay-ended';
  if (toHospital && team.kind !== 'hospital') {
    throw new DomainError(
      'team-not-in-a-hospital',
      'Name the hospital team that answers from then on.',
      'rule',
      'DEC-02',
    );
  }
  if (!toHospital && (team.kind === 'hospital' || team.kind === 'intake')) {
    throw new DomainError(
      'team-not-in-the-community',
      'Name the community team that answers from then on; to another hospital it is a move.',
      'rule',
      'DEC-02',
    );
  }
  return team;
}

/** After a discharge that names nobody, the co-ordinator who stayed named in that team answers (DEC-02). */
function responsibilityOf(telling: Telling, team: StayTeam, before: Course): Responsibility {
  const { kind, coordinatorId, dutyHolder, occurredAt } = telling;
  if (kind === 'hospital-stay-ended' && coordinatorId === undefined && dutyHolder === undefined) {
    const named = holdingAt(before.community, occurredAt) ?? open(before.community);
    if (named?.teamId === team.teamId && named.answeredBy !== null) {
      const { answeredBy, dutyUntil } = named;
      return dutyUntil === null
        ? { coordinatorId: answeredBy, dutyHolder: null }
        : { coordinatorId: null, dutyHolder: { practitionerId: answeredBy, until: dutyUntil } };
    }
  }
  return exactlyOne(telling);
}

function warningsOf(telling: Telling, named: Responsibility, before: Course, course: Course): Warning[] {
  const { kind, occurredAt, isInTeam, newId } = telling;
  const inHospital = holdingAt(before.hospital, occurredAt) !== undefined;
  const found: [boolean, Warning['code']][] = [
    [before.diedAt !== null && occurredAt >= before.diedAt, 'after-the-death'],
    [kind === 'hospital-stay-began' && inHospital, 'already-in-hospital'],
    [kind !== 'hospital-stay-began' && !inHospital, 'no-stay-known'],
    [kind === 'hospital-stay-began' && !holdingAt(before.community, occurredAt), 'no-community-team'],
    [kind === 'hospital-stay-ended' && asksToAccept(course, newId), 'discharge-not-accepted'],
    [!isInTeam(practitionerOf(named)), 'practitioner-not-in-team'],
    [dutyIsTooLong(named, occurredAt), 'duty-too-long'],
  ];
  return found.flatMap(([applies, code]) => (applies ? [warn(code)] : []));
}

/** It is by this discharge that the community team is accountable now. */
export const asksToAccept = ({ hospital, community }: Course, factId: string): boolean =>
  open(hospital) === undefined && open(community)?.factId === factId;

/**
 * Which open transfers no longer hold (DEC-02): all, where somebody who was not in hospital is now; after a discharge,
 * those of a team that it left.
 */
export function supersededBy({ before, course, fact }: StayRecorded): 'admission' | 'discharge' | undefined {
  if (fact.kind === 'hospital-stay-ended') return asksToAccept(course, fact.id) ? 'discharge' : undefined;
  return open(before.hospital) === undefined && open(course.hospital) !== undefined ? 'admission' : undefined;
}

/** The last discharge from a stay. */
export const dischargeFrom = (hospitalStayId: string, facts: readonly AccountabilityFact[]): TeamFact | undefined =>
  facts
    .filter((fact): fact is TeamFact => fact.kind === 'hospital-stay-ended')
    .filter((fact) => fact.hospitalStayId === hospitalStayId)
    .sort((a, b) =>
      a.occurredAt < b.occurredAt || (a.occurredAt === b.occurredAt && a.recordedAt < b.recordedAt) ? -1 : 1,
    )
    .at(-1);

/** The discharge that the community team accepts. A decision, so it may be refused. */
export function acceptDischarge(
  facts: readonly AccountabilityFact[],
  {
    hospitalStayId,
    byOrganisation,
    acceptedAlready,
  }: {
    hospitalStayId: string;
    byOrganisation: string;
    acceptedAlready: boolean;
  },
): TeamFact {
  const discharge = dischargeFrom(hospitalStayId, facts);
  if (!discharge) throw new DomainError('not-discharged', 'Nobody has told of a discharge from this hospital stay.');
  if (discharge.organisation !== byOrganisation) {
    throw new DomainError(
      'not-the-community-team',
      'Only the community team of the discharge accepts it.',
      'rule',
      'DEC-02',
    );
  }
  if (acceptedAlready) throw new DomainError('discharge-accepted-already', 'The discharge is accepted already.');
  return discharge;
}
