import { referralAccepted, type EventEnvelope } from '@homeward/contracts';
import { formatMicros, parseMicros, uuidv7 } from '@homeward/kernel';
import { tooEarly, type Reaction } from '@homeward/messaging';
import { Database, type Change, type Decision, type InboxMark, type Row } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import {
  loadFacts,
  loadLastRecorded,
  nextRecordedAt,
  recordFact,
  toFact,
} from '../../adapters/accountability.repository';
import { published } from '../../adapters/episode.publication';
import { insertContributingTeam, insertEpisode, loadEpisodes, toEpisode } from '../../adapters/episode.repository';
import { reactionContext } from '../../adapters/reaction-context';
import { loadTeams, toTeam } from '../../adapters/team.repository';
import { insertWorkItem } from '../../adapters/work-item.repository';
import { takeUp, teamsToAsk, type Acceptance, type EpisodeEvent } from '../../domain/episode';
import type { Responsibility } from '../../domain/responsibility';

type ReferralAccepted = (typeof referralAccepted)['example'];

/** A team accepted a referral: from that instant on somebody is accountable for the person (TRF-03, DEC-04). */
@Injectable()
export class OnReferralAccepted implements Reaction {
  readonly name = 'on-referral-accepted';
  readonly types = [referralAccepted.type];

  constructor(private readonly database: Database) {}

  async react(event: EventEnvelope, inbox: InboxMark): Promise<void> {
    const personId = event.personid ?? '';
    const acceptance = acceptanceOf(event as EventEnvelope<ReferralAccepted>);
    const episodeId = uuidv7();
    const load = [
      loadTeams(acceptance.teamId),
      loadEpisodes(personId),
      loadFacts({ person: personId }),
      loadLastRecorded({ person: personId }),
    ];
    await this.database.write(
      reactionContext(event, 'take-up-referral'),
      { keys: [`person/${personId}`] },
      { load, decide: (rows, { now }) => decide(personId, acceptance, episodeId, rows, now) },
      { inbox },
    );
  }
}

function decide(personId: string, acceptance: Acceptance, newEpisodeId: string, rows: Row[][], now: Date): Decision {
  const [[team], episodeRows = [], factRows = [], [last]] = rows as [Row[], Row[], Row[], Row[]];
  if (!team) throw tooEarly('the team');
  const { organisation } = toTeam(team);
  const episodes = episodeRows.map(toEpisode);
  const facts = factRows.map(toFact);
  const recordedAt = nextRecordedAt(last, now);

  const changesOf = (event: EpisodeEvent): Change[] => {
    const { episodeId } = event;
    const { teamId, acceptedAt, referralId } = acceptance;
    if (event.type === 'opened') {
      const fact = {
        id: episodeId,
        kind: 'episode-opened' as const,
        episodeId,
        teamId,
        occurredAt: acceptedAt,
        recordedAt,
      };
      return [insertEpisode(personId, event), ...recordFact(personId, facts, fact)];
    }
    const items = teamsToAsk(episodes, event).map((asked) =>
      insertWorkItem({
        teamId: asked,
        personId,
        episodeId,
        referralId,
        kind: 'second-team-accepted',
        openedAt: now,
      }),
    );
    return [insertContributingTeam(personId, event), ...items];
  };

  const events = takeUp(episodes, acceptance, newEpisodeId);
  return {
    changes: events.flatMap(changesOf),
    events: events.map((event) => published(personId, organisation, event)),
    outcome: { status: 200, body: {} },
    audit: { subject: `episode/${events[0]?.episodeId}`, personIds: [personId] },
  };
}

function acceptanceOf({ data, occurredat }: EventEnvelope<ReferralAccepted>): Acceptance {
  const { referralId, teamId, coordinatorId, dutyHolder } = data;
  const responsibility = { coordinatorId, dutyHolder } as Responsibility;
  return { referralId, teamId, responsibility, acceptedAt: formatMicros(parseMicros(occurredat)) };
}
