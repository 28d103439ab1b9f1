import { referralAccepted, type EventEnvelope } from '@homeward/contracts';
import { formatMicros, parseMicros, uuidv7, type Instant } from '@homeward/kernel';
import { reactionContext, tooEarly, type Reaction } from '@homeward/messaging';
import { Database, type Change, type Decision, type InboxMark, type Row } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { loadCourse, recordFact, toCourse } from '../../adapters/accountability.repository';
import { published } from '../../adapters/episode.publication';
import { insertContributingTeam, insertEpisode } from '../../adapters/episode.repository';
import { loadTeams, toTeam, type Team } from '../../adapters/team.repository';
import { askToNotify, insertWorkItem } from '../../adapters/work-item.repository';
import { evolve, type TeamFact } from '../../domain/accountability';
import { closedAt, takeUp, teamsToAsk, type Acceptance, type EpisodeEvent } from '../../domain/episode';
import { answeringIn, type Responsibility } from '../../domain/responsibility';

type ReferralAccepted = (typeof referralAccepted)['example'];

/** A team accepted a referral: from that instant on somebody is accountable for the person (TRF-03, DEC-04). */
@Injectable()
export class OnReferralAccepted implements Reaction {
  readonly name = 'on-referral-accepted';
  readonly types = [referralAccepted.type];

  constructor(private readonly database: Database) {}

  async react(event: EventEnvelope, inbox: InboxMark): Promise<void> {
    const personId = event.personid ?? '';
    const accepted = event as EventEnvelope<ReferralAccepted>;
    const newId = uuidv7();
    await this.database.write(
      reactionContext('flow', event, 'take-up-referral'),
      { keys: [`person/${personId}`] },
      {
        load: [loadTeams(accepted.data.teamId), ...loadCourse({ person: personId })],
        decide: ([teams, ...course], { now }) => {
          if (!teams?.[0]) throw tooEarly('the team');
          const acceptance = acceptanceOf(accepted, toTeam(teams[0]));
          return decide(personId, acceptance, newId, course, now);
        },
      },
      { inbox },
    );
  }
}

function decide(personId: string, acceptance: Acceptance, newId: string, course: Row[][], now: Date): Decision {
  const known = toCourse(course, now);
  const events = takeUp(known, acceptance, newId);
  const fact = factOf(events[0], acceptance, newId, known.recordedAt);
  const after = evolve(fact ? [...known.facts, fact] : known.facts);

  const changesOf = (event: EpisodeEvent): Change[] => {
    const { episodeId } = event;
    const { referralId } = acceptance;
    if (event.type === 'opened' && fact) return [insertEpisode(personId, known, fact, referralId)];
    if (event.type !== 'team-joined') return [];
    const items = teamsToAsk(known, event).map((teamId) =>
      insertWorkItem({ teamId, personId, episodeId, referralId, kind: 'second-team-accepted', openedAt: now }),
    );
    return [insertContributingTeam(personId, event), ...items];
  };
  const untilOf = (event: EpisodeEvent): Instant | null => {
    if (event.type !== 'opened') return after.community.find(({ factId }) => factId === fact?.id)?.until ?? null;
    const opened = { id: newId, openedAt: acceptance.acceptedAt };
    return closedAt(opened, [...known.episodes, opened], { ...after, diedAt: null });
  };

  return {
    changes: [
      ...events.flatMap(changesOf),
      ...(fact ? [...recordFact(personId, known, fact), ...askToNotify(personId, after, now)] : []),
    ],
    events: events.map((event) => published(personId, event, untilOf(event))),
    outcome: { status: 200, body: {} },
    audit: { subject: `episode/${events[0]?.episodeId}`, personIds: [personId] },
  };
}

/** A team that contributes is accountable for nothing. */
function factOf(
  event: EpisodeEvent | undefined,
  { organisation, teamId, responsibility, acceptedAt }: Acceptance,
  id: string,
  recordedAt: Instant,
): TeamFact | undefined {
  if (!event || event.type === 'team-joined') return undefined;
  const kind = event.type === 'opened' ? ('episode-opened' as const) : event.type;
  const { episodeId } = event;
  const answering = answeringIn({ organisation, teamId }, responsibility);
  return { id, kind, episodeId, ...answering, occurredAt: acceptedAt, recordedAt };
}

function acceptanceOf({ data, occurredat }: EventEnvelope<ReferralAccepted>, { organisation }: Team): Acceptance {
  const { referralId, teamId, coordinatorId, dutyHolder } = data;
  const responsibility = { coordinatorId, dutyHolder } as Responsibility;
  return { referralId, organisation, teamId, responsibility, acceptedAt: formatMicros(parseMicros(occurredat)) };
}
