import { formatMicros } from '@homeward/kernel';
import { given } from '@homeward/testing';
import fc from 'fast-check';
import { evolve, type AccountabilityFact } from './accountability';
import { takeUp, teamsToAsk, type Acceptance, type Episode, type EpisodeEvent } from './episode';

const at = (hour: number): string => formatMicros(BigInt(hour) * 3_600_000_000n);

const acceptanceOf = (team: string, hour: number, referralId = `referral of ${team}`): Acceptance => ({
  referralId,
  teamId: team,
  responsibility: { coordinatorId: `co-ordinator of ${team}`, dutyHolder: null },
  acceptedAt: at(hour),
});

function apply(episodes: Episode[] | undefined = [], event: EpisodeEvent): Episode[] {
  if (event.type === 'team-joined') return episodes;
  const { acceptance, episodeId, closedAt } = event;
  return [...episodes, { id: episodeId, teamId: acceptance.teamId, openedAt: acceptance.acceptedAt, closedAt }];
}

const opened = (episodeId: string, acceptance: Acceptance, closedAt: string | null = null): EpisodeEvent => ({
  type: 'opened',
  episodeId,
  acceptance,
  closedAt,
});
const joined = (episodeId: string, acceptance: Acceptance): EpisodeEvent => ({
  type: 'team-joined',
  episodeId,
  acceptance,
});
const accepting = (acceptance: Acceptance, id: string) => (episodes: Episode[] | undefined) =>
  takeUp(episodes ?? [], acceptance, id);

describe('an acceptance', () => {
  const first = acceptanceOf('community', 10);
  const second = acceptanceOf('intensive', 12);

  it('opens an episode that begins with it', () => {
    given(apply).when(accepting(first, 'e1')).then(opened('e1', first));
  });

  it('makes a second team contribute, never accountable (TRF-03)', () => {
    given(apply, opened('e1', first)).when(accepting(second, 'e2')).then(joined('e1', second));
  });

  it('of an earlier instant opens an episode that the later one cuts, and its team joins that one', () => {
    given(apply, opened('e2', second))
      .when(accepting(first, 'e1'))
      .then(opened('e1', first, at(12)), joined('e2', first));
  });

  it('of an instant in an episode closed since joins that one', () => {
    const late = acceptanceOf('forensic', 11);
    given(apply, opened('e2', second), opened('e1', first, at(12)))
      .when(accepting(late, 'e3'))
      .then(joined('e1', late));
  });
});

describe('when a team joins', () => {
  const episodes: Episode[] = [{ id: 'e1', teamId: 'community', openedAt: at(1), closedAt: null }];

  it('both leads are asked', () => {
    const event = { type: 'team-joined' as const, episodeId: 'e1', acceptance: acceptanceOf('intensive', 2) };
    expect(teamsToAsk(episodes, event)).toEqual(['community', 'intensive']);
  });

  it('one lead is asked where it is the same team', () => {
    const event = { type: 'team-joined' as const, episodeId: 'e1', acceptance: acceptanceOf('community', 2) };
    expect(teamsToAsk(episodes, event)).toEqual(['community']);
  });
});

describe('acceptances in any order', () => {
  const told = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(30)), { minLength: 1, maxLength: 10 });
  const after = (acceptances: [string, number][]): { episodes: Episode[]; events: EpisodeEvent[] } => {
    let episodes: Episode[] = [];
    const events: EpisodeEvent[] = [];
    acceptances.forEach(([team, hour], i) => {
      const decided = takeUp(episodes, acceptanceOf(team, hour, `r${i}`), `e${i}`);
      episodes = decided.reduce(apply, episodes);
      events.push(...decided);
    });
    return { episodes, events };
  };

  it('leave one open episode, and none that overlap', () => {
    fc.assert(
      fc.property(told, (acceptances) => {
        const { episodes } = after(acceptances);
        const inOrder = [...episodes].sort((a, b) => (a.openedAt < b.openedAt ? -1 : 1));
        inOrder.forEach(({ closedAt }, i) => expect(closedAt).toBe(inOrder[i + 1]?.openedAt ?? null));
      }),
    );
  });

  it('are each taken up by an episode, and the first instant of all has an accountable team', () => {
    fc.assert(
      fc.property(told, (acceptances) => {
        const { events } = after(acceptances);
        expect(new Set(events.map(({ acceptance }) => acceptance.referralId)).size).toBe(acceptances.length);
        const facts = events.flatMap((event, i): AccountabilityFact[] => {
          if (event.type !== 'opened') return [];
          const { teamId, acceptedAt } = event.acceptance;
          const { episodeId } = event;
          return [
            { id: `${i}`, kind: 'episode-opened', episodeId, teamId, occurredAt: acceptedAt, recordedAt: at(100 + i) },
          ];
        });
        expect(evolve(facts)[0]?.from).toBe(at(Math.min(...acceptances.map(([, hour]) => hour))));
      }),
    );
  });
});
