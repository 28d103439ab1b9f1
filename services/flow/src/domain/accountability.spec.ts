import { formatMicros } from '@homeward/kernel';
import fc from 'fast-check';
import { evolve, holdingAt, type AccountabilityFact, type Holding, type TeamFact } from './accountability';

const at = (n: number): string => formatMicros(BigInt(n) * 1_000_000n);

const fact = (id: string, teamId: string, occurred: number, more: Partial<TeamFact> = {}): TeamFact => ({
  id,
  kind: 'transfer-completed',
  episodeId: 'episode',
  organisation: 'RZ1',
  teamId,
  answeredBy: `of ${teamId}`,
  dutyUntil: null,
  occurredAt: at(occurred),
  recordedAt: at(occurred),
  ...more,
});
const died = (occurred: number, more: object = {}): AccountabilityFact => ({
  id: 'death',
  kind: 'died',
  occurredAt: at(occurred),
  recordedAt: at(occurred),
  ...more,
});
const began = (teamId: string, occurred: number): TeamFact =>
  fact(`began ${occurred}`, teamId, occurred, { kind: 'hospital-stay-began', hospitalStayId: `stay ${occurred}` });
const ended = (teamId: string, occurred: number): TeamFact =>
  fact(`ended ${occurred}`, teamId, occurred, { kind: 'hospital-stay-ended' });

const KINDS = ['episode-opened', 'transfer-completed', 'hospital-stay-began', 'hospital-stay-moved'] as const;
const kind = fc.oneof(fc.constantFrom(...KINDS), fc.constantFrom('hospital-stay-ended' as const, 'died' as const));

/** Facts in the order of their telling, each after the other; some correct one told before. */
const facts = fc
  .array(
    fc.record({
      kind,
      team: fc.constantFrom('a', 'b', 'c'),
      occurred: fc.nat(20),
      corrects: fc.option(fc.nat(10), { freq: 3 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((told) =>
    told.map(({ kind: what, team, occurred, corrects }, i): AccountabilityFact => {
      const more = {
        recordedAt: at(100 + i),
        corrects: corrects !== null && corrects < i ? `f${corrects}` : undefined,
      };
      return what === 'died'
        ? died(occurred, { id: `f${i}`, ...more })
        : fact(`f${i}`, team, occurred, { kind: what, ...more });
    }),
  );

/** Who is accountable at an instant, said in another way: the last of each side, the hospital's first. */
function expected(told: AccountabilityFact[], instant: string): string | undefined {
  const corrected = told.map(({ corrects }) => corrects);
  const standing = told
    .filter(({ id, occurredAt }) => !corrected.includes(id) && occurredAt <= instant)
    .sort((a, b) => (`${a.occurredAt}${a.recordedAt}` < `${b.occurredAt}${b.recordedAt}` ? -1 : 1));
  if (standing.some((one) => one.kind === 'died')) return undefined;
  const teams = standing as TeamFact[];
  const hospital = teams.findLast((one) => one.kind.startsWith('hospital'));
  const community = teams.findLast((one) => !['hospital-stay-began', 'hospital-stay-moved'].includes(one.kind));
  return hospital && hospital.kind !== 'hospital-stay-ended' ? hospital.teamId : community?.teamId;
}

const touching = (ranges: Holding[]): void => {
  ranges.slice(1).forEach((range, i) => expect(range.from).toBe(ranges[i]?.until));
  ranges.forEach(({ from, until }) => expect(until === null || from < until).toBe(true));
};

describe('accountability has no gap and no overlap', () => {
  it('from the first fact to the death, whatever is told late', () => {
    fc.assert(
      fc.property(facts, (told) => {
        const { ranges, diedAt } = evolve(told);
        touching(ranges);
        if (ranges.length > 0) expect(ranges.at(-1)?.until).toBe(diedAt);
      }),
    );
  });

  it('and the order in which facts are read makes no difference', () => {
    const shuffled = facts.chain((told) =>
      fc.tuple(fc.constant(told), fc.shuffledSubarray(told, { minLength: told.length })),
    );
    fc.assert(fc.property(shuffled, ([told, read]) => expect(evolve(read)).toEqual(evolve(told))));
  });

  it('nor the order in which they are told, where no two happened at one instant', () => {
    const apart = facts.map((told) => told.map((one, i) => ({ ...one, corrects: undefined, occurredAt: at(i) })));
    const orders = apart.chain((told) =>
      fc.tuple(fc.constant(told), fc.shuffledSubarray(told, { minLength: told.length })),
    );
    fc.assert(
      fc.property(orders, ([told, order]) => {
        const late = order.map((one, i) => ({ ...one, recordedAt: at(500 + i) }));
        expect(evolve(late)).toEqual(evolve(told));
      }),
    );
  });

  it('and at every instant the hospital’s last fact holds, else the community’s, of those that no other corrects', () => {
    fc.assert(
      fc.property(facts, fc.nat(25), (told, instant) => {
        expect(holdingAt(evolve(told).ranges, at(instant))?.teamId).toBe(expected(told, at(instant)));
      }),
    );
  });
});

const shown = (holdings: Holding[]) => holdings.map(({ teamId, from, until }) => [teamId, from, until]);

describe('accountability', () => {
  it('is nobody’s before the first fact', () => {
    expect(holdingAt(evolve([fact('1', 'a', 5)]).ranges, at(4))).toBeUndefined();
  });

  it('is cut by a fact that was known already', () => {
    const { ranges } = evolve([fact('1', 'b', 10), fact('2', 'a', 5, { recordedAt: at(20) })]);
    expect(shown(ranges)).toEqual([
      ['a', at(5), at(10)],
      ['b', at(10), null],
    ]);
  });

  it('follows the correction of a fact', () => {
    const right = fact('3', 'b', 8, { recordedAt: at(20), corrects: '2' });
    const { ranges } = evolve([fact('1', 'a', 0), fact('2', 'b', 10), right]);
    expect(ranges.map(({ teamId, from }) => [teamId, from])).toEqual([
      ['a', at(0)],
      ['b', at(8)],
    ]);
  });

  it('is the hospital’s while a stay lasts; the community team stays named beside it (DEC-02)', () => {
    const course = evolve([fact('1', 'community', 1), began('ward', 5), ended('community', 9)]);
    expect(shown(course.ranges)).toEqual([
      ['community', at(1), at(5)],
      ['ward', at(5), at(9)],
      ['community', at(9), null],
    ]);
    expect(holdingAt(course.community, at(7))).toMatchObject({ teamId: 'community', answeredBy: 'of community' });
  });

  it('is not changed by a transfer during a stay, which changes who is named beside', () => {
    const course = evolve([fact('1', 'community', 1), began('ward', 5), fact('2', 'intensive', 7)]);
    expect(shown(course.ranges)).toEqual([
      ['community', at(1), at(5)],
      ['ward', at(5), null],
    ]);
    expect(holdingAt(course.community, at(8))?.teamId).toBe('intensive');
  });

  it('of a second admission without a discharge moves on (DEC-01)', () => {
    expect(shown(evolve([began('ward', 5), began('other ward', 7)]).ranges)).toEqual([
      ['ward', at(5), at(7)],
      ['other ward', at(7), null],
    ]);
  });

  it('after a discharge from a stay that nobody told of is the community team’s', () => {
    expect(shown(evolve([fact('1', 'community', 1), ended('other', 4)]).ranges)).toEqual([
      ['community', at(1), at(4)],
      ['other', at(4), null],
    ]);
  });

  it('ends with the death; what happened after it is nobody’s (DEC-05)', () => {
    const course = evolve([fact('1', 'community', 1), began('ward', 5), died(7), ended('community', 9)]);
    expect(shown(course.ranges)).toEqual([
      ['community', at(1), at(5)],
      ['ward', at(5), at(7)],
    ]);
    expect([course.diedAt, course.community.at(-1)?.until, course.hospital.at(-1)?.until]).toEqual([
      at(7),
      at(7),
      at(7),
    ]);
  });
});
