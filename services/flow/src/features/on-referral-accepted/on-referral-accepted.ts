import { referralAccepted, type EventEnvelope } from '@homeward/contracts';
import { formatMicros, parseMicros, uuidv7, type Instant } from '@homeward/kernel';
import { reactionContext, tooEarly, type Reaction } from '@homeward/messaging';
import { Database, Pools, type Change, type Decision, type InboxMark } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { loadCourse, recordFact, toCourse, type Loaded } from '../../adapters/accountability.repository';
import { published } from '../../adapters/episode.publication';
import { insertContributingTeam, insertEpisode } from '../../adapters/episode.repository';
import { loadIds } from '../../adapters/person-ids';
import { loadTeams, toTeam, type Team } from '../../adapters/team.repository';
import { askToNotify, insertWorkItem } from '../../adapters/work-item.repository';
import { evolve, type TeamFact } from '../../domain/accountability';
import { closedAt, takeUp, teamsToAsk, type Acceptance, type EpisodeEvent } from '../../domain/episode';
import { answeringIn, type Responsibility } from '../../domain/responsibility';

type ReferralAccepted = (typeof referralAccepted)['example'];

/**
 * A team accepted a referral: from that instant on somebody is accountable for the person (TRF-03, DEC-04). An episode
 * under another id of the person is the person's: a second one would make a second team accountable.
 */
@Injectable()
export class OnReferralAccepted implements Reaction {
  readonly name = 'on-referral-accepted';
  readonly types = [referralAccepted.type];

  constructor(
    private readonly database: Database,
    private readonly pools: Pools,
  ) {}

  async react(event: EventEnvelope, inbox: InboxMark): Promise<void> {
    const accepted = event as EventEnvelope<ReferralAccepted>;
    const asked = loadIds(event.personid ?? '');
    const { rows } = await this.pools.worker.query<{ id: string }>({ name: 'ids-of-a-person', ...asked });
    const ids = rows.map(({ id }) => id);
    const courses = ids.map((person) => loadCourse({ person }));
    const newId = uuidv7();
    await this.database.write(
      reactionContext('flow', event, 'take-up-referral'),
      { keys: ids.map((id) => `person/${id}`) },
      {
        load: [loadTeams(accepted.data.teamId), asked, ...courses.flat()],
        decide: ([teams, idsNow = [], ...rows], { now }) => {
          if (!teams?.[0]) throw tooEarly('the team');
          // Merged between the question and the locks.
          if (idsNow.length !== ids.length) throw tooEarly('another id of the person');
          const each = courses[0]?.length ?? 0;
          const known = ids.map((personId, nth) => ({
            personId,
            ...toCourse(rows.slice(nth * each, (nth + 1) * each), now),
          }));
          const acceptance = acceptanceOf(accepted, toTeam(teams[0]));
          const decision = decide(takenUpUnder(known), acceptance, newId, now);
          return { ...decision, audit: { ...decision.audit, personIds: ids } };
        },
      },
      { inbox },
    );
  }
}

type KnownById = Loaded & { personId: string };

/** Its own id, which is the first, unless only another has an open episode, or any. */
function takenUpUnder(known: KnownById[]): KnownById {
  const helped = known.filter(({ episodes }) => episodes.length > 0);
  const chosen = helped.find(({ facts }) => evolve(facts).diedAt === null) ?? helped[0] ?? known[0];
  if (!chosen) throw new Error('a person has an id');
  return chosen;
}

function decide({ personId, ...known }: KnownById, acceptance: Acceptance, newId: string, now: Date): Decision {
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
