import { formatMicros } from '@homeward/kernel';
import fc from 'fast-check';
import { accountableAt, evolve, type AccountabilityFact } from './accountability';

const at = (n: number): string => formatMicros(BigInt(n) * 1_000_000n);

const fact = (
  id: string,
  teamId: string,
  occurred: number,
  recorded: number,
  corrects?: string,
): AccountabilityFact => ({
  id,
  kind: 'transfer-completed',
  episodeId: 'episode',
  teamId,
  occurredAt: at(occurred),
  recordedAt: at(recorded),
  corrects,
});

const facts = fc
  .array(fc.record({ team: fc.constantFrom('a', 'b', 'c'), occurred: fc.nat(20), corrects: fc.option(fc.nat(10)) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((told) =>
    told.map(({ team, occurred, corrects }, i) =>
      fact(`f${i}`, team, occurred, 100 + i, corrects !== null && corrects < i ? `f${corrects}` : undefined),
    ),
  );

describe('accountability has no gap and no overlap', () => {
  it('from the first fact on, whatever is told late', () => {
    fc.assert(
      fc.property(facts, (told) => {
        const ranges = evolve(told);
        expect(ranges.at(-1)?.until).toBeNull();
        ranges.slice(1).forEach((range, i) => expect(range.from).toBe(ranges[i]?.until));
        ranges.forEach(({ from, until }) => expect(until === null || from < until).toBe(true));
      }),
    );
  });

  it('and the order in which facts are read makes no difference', () => {
    const shuffled = facts.chain((told) =>
      fc.tuple(fc.constant(told), fc.shuffledSubarray(told, { minLength: told.length })),
    );
    fc.assert(fc.property(shuffled, ([told, read]) => expect(evolve(read)).toEqual(evolve(told))));
  });

  it('and at every instant the last fact before it holds, of those that no other corrects', () => {
    fc.assert(
      fc.property(facts, fc.nat(25), (told, instant) => {
        const corrected = told.map(({ corrects }) => corrects);
        const before = told.filter(({ id, occurredAt }) => !corrected.includes(id) && occurredAt <= at(instant));
        let last: AccountabilityFact | undefined;
        for (const one of before) if (!last || one.occurredAt >= last.occurredAt) last = one;
        expect(accountableAt(evolve(told), at(instant))?.teamId).toBe(last?.teamId);
      }),
    );
  });
});

describe('accountability', () => {
  it('is nobody’s before the first fact', () => {
    expect(accountableAt(evolve([fact('1', 'a', 5, 5)]), at(4))).toBeUndefined();
  });

  it('is cut by a fact that was known already', () => {
    const ranges = evolve([fact('1', 'b', 10, 10), fact('2', 'a', 5, 20)]);
    expect(ranges.map(({ teamId, from, until }) => [teamId, from, until])).toEqual([
      ['a', at(5), at(10)],
      ['b', at(10), null],
    ]);
  });

  it('follows the correction of a fact', () => {
    const ranges = evolve([fact('1', 'a', 0, 0), fact('2', 'b', 10, 10), fact('3', 'b', 8, 20, '2')]);
    expect(ranges.map(({ teamId, from }) => [teamId, from])).toEqual([
      ['a', at(0)],
      ['b', at(8)],
    ]);
  });
});
