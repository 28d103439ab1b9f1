import type { DischargeKind } from '@homeward/contracts';
import { loadOpenDeadlinesOf } from '@homeward/deadlines';
import { instantOf, uuidv7, type Instant } from '@homeward/kernel';
import type { Change, Decision, Outcome, Row, Statement } from '@homeward/persistence';
import { open, type Course } from '../domain/accountability';
import { asksToAccept, supersededBy, tell, type StayRecorded, type Telling } from '../domain/hospital-stay';
import type { Named } from '../domain/responsibility';
import { loadCourse, person, recordFact, toCourse, type PersonOf } from './accountability.repository';
import { insertEpisode } from './episode.repository';
import { published } from './hospital-stay.publication';
import { insertStay, updateStay, type Stay } from './hospital-stay.repository';
import { superseding } from './superseding';
import { loadMembers, loadTeams, toTeam } from './team.repository';
import { loadOpenTransfers } from './transfer.repository';
import { askToNotify, insertWorkItem, settleWorkItems } from './work-item.repository';

/** What somebody tells, as it came in. */
export interface Tale extends Named {
  kind: Telling['kind'];
  teamId: string;
  /** Now unless given. */
  occurredAt?: Instant;
  dischargeKind?: DischargeKind;
}

/** What `told` needs, in its order. */
export const loadForTale = (of: PersonOf, teamId: string): Statement[] => [
  loadTeams(teamId),
  loadMembers(teamId),
  loadOpenTransfers(of),
  loadOpenDeadlinesOf(person(of)),
  ...loadCourse(of),
];

/** The fact, and all that follows from it, in one write. */
export function told(stay: Stay, tale: Tale, rows: Row[][], now: Date): Decision {
  const [teams, members, transfers = [], deadlines = [], ...course] = rows;
  const known = toCourse(course, now);
  const team = teams?.[0] && toTeam(teams[0]);
  const recorded = tell(known, {
    ...tale,
    hospitalStayId: stay.id,
    team: team && { teamId: team.id, organisation: team.organisation, kind: team.kind },
    isInTeam: (practitionerId) => members?.some(({ id }) => id === practitionerId) ?? false,
    occurredAt: tale.occurredAt ?? instantOf(now),
    now: instantOf(now),
    recordedAt: known.recordedAt,
    newId: uuidv7(),
  });
  const { personId } = stay;
  const ended = superseding(personId, [transfers, deadlines], supersededBy(recorded), recorded.fact, now);
  return {
    changes: [
      ...(recorded.opensEpisode ? [insertEpisode(personId, known, recorded.fact, null)] : []),
      ...recordFact(personId, known, recorded.fact),
      stayChange(stay, recorded),
      ...ended.changes,
      ...workItems(personId, recorded, now),
      ...askToNotify(personId, recorded.course, now),
    ],
    events: [published(personId, recorded, tale.dischargeKind), ...ended.events],
    outcome: answer(stay, recorded),
    audit: { subject: `hospital-stay/${stay.id}`, personIds: [personId] },
  };
}

function stayChange({ id, personId, version, dischargeAcceptedAt }: Stay, { fact }: StayRecorded): Change {
  if (version === 0) return insertStay(id, personId);
  return updateStay(id, version, fact.kind === 'hospital-stay-ended' ? null : dischargeAcceptedAt);
}

/** While the community team has not accepted, both teams are asked; what happens next settles it (DEC-02). */
function workItems(personId: string, { fact, course, leftHospital }: StayRecorded, now: Date): Change[] {
  const kind = 'discharge-not-accepted';
  const asks = asksToAccept(course, fact.id);
  if (!asks && open(course.hospital) === undefined) return [];
  const subject = `hospital-stay/${fact.hospitalStayId}`;
  const { episodeId } = fact;
  const asked = asks ? [...new Set([fact.teamId, leftHospital?.teamId])].filter((id) => id !== undefined) : [];
  return [
    settleWorkItems(personId, now, kind),
    ...asked.map((teamId) => insertWorkItem({ teamId, personId, episodeId, kind, subject, openedAt: now })),
  ];
}

export const statusOf = (stayId: string, { hospital }: Course): 'in-hospital' | 'ended' =>
  open(hospital)?.hospitalStayId === stayId ? 'in-hospital' : 'ended';

function answer({ id, version }: Stay, { course, warnings }: StayRecorded): Outcome {
  const self = `/hospital-stays/${id}`;
  const status = statusOf(id, course);
  const next = {
    'in-hospital': { move: `${self}/move`, discharge: `${self}/discharge` },
    ended: { acceptDischarge: `${self}/accept-discharge` },
  };
  return {
    status: version === 0 ? 201 : 200,
    body: {
      ...{ id, version: version + 1, status, links: { self, ...next[status] } },
      ...(warnings.length > 0 ? { warnings } : {}),
    },
    etag: version + 1,
    ...(version === 0 ? { location: self } : {}),
  };
}
