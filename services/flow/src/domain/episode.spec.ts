import { formatMicros } from '@homeward/kernel';
import { given } from '@homeward/testing';
import fc from 'fast-check';
import { evolve, type TeamFact } from './accountability';
import { closedAt, takeUp, teamsToAsk, type Acceptance, type EpisodeEvent, type Known } from './episode';

const at = (hour: number): string => formatMicros(BigInt(hour) * 3_600_000_000n);

const acceptanceOf = (team: string, hour: number, referralId = `referral of ${team}`): Acceptance => ({
  referralId,
  organisation: 'RZ1',
  teamId: team,
  responsibility: { coordinatorId: `co-ordinator of ${team}`, dutyHolder: null },
  acceptedAt: at(hour),
});

const first = acceptanceOf('community', 10);
const second = acceptanceOf('intensive', 12);
const nothing: Known = { episodes: [], facts: [] };

function apply(known: Known = nothing, event: EpisodeEvent): Known {
  if (event.type === 'team-joined') return known;
  const { acceptance, episodeId } = event;
  const kind = event.type === 'opened' ? 'episode-opened' : event.type;
  const fact = factOf(kind, acceptance.teamId, acceptance.acceptedAt, known.facts.length, episodeId);
  const episode = { id: episodeId, openedAt: acceptance.acceptedAt };
  return {
    episodes: event.type === 'opened' ? [...known.episodes, episode] : known.episodes,
    facts: [...known.facts, fact],
  };
}

const factOf = (
  kind: TeamFact['kind'],
  teamId: string,
  occurredAt: string,
  n: number,
  episodeId: string,
): TeamFact => ({
  ...{ id: `${kind} ${n}`, kind, episodeId, occurredAt, recordedAt: at(100 + n) },
  ...{ organisation: 'RZ1', teamId, answeredBy: `co-ordinator of ${teamId}`, dutyUntil: null },
});

const opened = (episodeId: string, acceptance: Acceptance): EpisodeEvent => ({ type: 'opened', episodeId, acceptance });
const joined = (episodeId: string, acceptance: Acceptance): EpisodeEvent => ({
  type: 'team-joined',
  episodeId,
  acceptance,
});
const accepting = (acceptance: Acceptance, id: string) => (known: Known | undefined) =>
  takeUp(known ?? nothing, acceptance, id);

/** Admitted at 11, and nobody in the community is known. */
const inHospital: Known = {
  episodes: [{ id: 'e0', openedAt: at(11) }],
  facts: [{ ...factOf('hospital-stay-began', 'ward', at(11), 0, 'e0'), hospitalStayId: 's0' }],
};
const died = (hour: number) => ({ id: 'death', kind: 'died' as const, occurredAt: at(hour), recordedAt: at(200) });

describe('an acceptance', () => {
  it('opens an episode that begins with it', () => {
    given(apply).when(accepting(first, 'e1')).then(opened('e1', first));
  });

  it('makes a second team contribute, never accountable (TRF-03)', () => {
    given(apply, opened('e1', first)).when(accepting(second, 'e2')).then(joined('e1', second));
  });

  it('of an earlier instant opens an episode that the later one cuts, and its team joins that one', () => {
    given(apply, opened('e2', second)).when(accepting(first, 'e1')).then(opened('e1', first), joined('e2', first));
  });

  it('of an instant in an episode closed since joins that one', () => {
    const late = acceptanceOf('forensic', 11);
    given(apply, opened('e2', second), opened('e1', first)).when(accepting(late, 'e3')).then(joined('e1', late));
  });
});

describe('an acceptance of somebody in hospital', () => {
  it('takes the community side that was nobody’s (DEC-02)', () => {
    expect(takeUp(inHospital, second, 'f1')).toEqual([
      { type: 'community-team-joined', episodeId: 'e0', acceptance: second },
    ]);
  });

  it('before the admission opens an episode that the admission’s cuts, and stays named in that one', () => {
    expect(takeUp(inHospital, first, 'e1')).toEqual([
      opened('e1', first),
      { type: 'community-team-joined', episodeId: 'e0', acceptance: first },
    ]);
  });

  it('by a second team contributes', () => {
    const known = apply(inHospital, { type: 'community-team-joined', episodeId: 'e0', acceptance: first });
    expect(takeUp(known, second, 'e2')).toEqual([joined('e0', second)]);
  });
});

describe('an acceptance of somebody whose death is known (DEC-05)', () => {
  it('from before the death opens an episode that ends with it', () => {
    const known: Known = { episodes: [], facts: [died(15)] };
    expect(takeUp(known, first, 'e1')).toEqual([opened('e1', first)]);
    const after = apply(known, opened('e1', first));
    expect(closedAt({ id: 'e1', openedAt: at(10) }, after.episodes, evolve(after.facts))).toBe(at(15));
  });

  it('from after it belongs to the last episode, and asks nobody', () => {
    const known = apply(nothing, opened('e1', first));
    const after = { ...known, facts: [...known.facts, died(11)] };
    expect(takeUp(after, second, 'e2')).toEqual([joined('e1', second)]);
    expect(teamsToAsk(after, joined('e1', second) as never)).toEqual([]);
  });

  it('or opens one that ends where it began', () => {
    const after = apply({ episodes: [], facts: [died(5)] }, opened('e1', first));
    expect(closedAt({ id: 'e1', openedAt: at(10) }, after.episodes, evolve(after.facts))).toBe(at(10));
    expect(evolve(after.facts).ranges).toEqual([]);
  });
});

describe('when a team joins', () => {
  const episodes = apply(nothing, opened('e1', acceptanceOf('community', 1)));

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
  const after = (acceptances: [string, number][]): { known: Known; events: EpisodeEvent[] } => {
    let known = nothing;
    const events: EpisodeEvent[] = [];
    acceptances.forEach(([team, hour], i) => {
      const decided = takeUp(known, acceptanceOf(team, hour, `r${i}`), `e${i}`);
      known = decided.reduce(apply, known);
      events.push(...decided);
    });
    return { known, events };
  };

  it('leave one open episode, and none that overlap', () => {
    fc.assert(
      fc.property(told, (acceptances) => {
        const { episodes, facts } = after(acceptances).known;
        const inOrder = [...episodes].sort((a, b) => (a.openedAt < b.openedAt ? -1 : 1));
        inOrder.forEach((episode, i) =>
          expect(closedAt(episode, episodes, evolve(facts))).toBe(inOrder[i + 1]?.openedAt ?? null),
        );
      }),
    );
  });

  it('are each taken up by an episode, and the first instant of all has an accountable team', () => {
    fc.assert(
      fc.property(told, (acceptances) => {
        const { known, events } = after(acceptances);
        expect(new Set(events.map(({ acceptance }) => acceptance.referralId)).size).toBe(acceptances.length);
        expect(evolve(known.facts).ranges[0]?.from).toBe(at(Math.min(...acceptances.map(([, hour]) => hour))));
      }),
    );
  });
});
