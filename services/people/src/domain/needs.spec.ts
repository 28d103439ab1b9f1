import { NEED_CODES, needKindOf, NEEDS, type NeedKind } from '@homeward/contracts';
import { addDays } from '@homeward/kernel';
import * as fc from 'fast-check';
import { endNeed, needsByMerge, recordNeed, type Need, type NeedDecided, type NewNeed } from './needs';

const BORN = '2001-02-03';
const TODAY = '2026-11-25';
const IN_A_YEAR = '2027-11-25';
const EASY_READ: Need = {
  ...{ id: 'first', code: 'easy-read', language: null, words: 'Big pictures.', since: '2020-01-01' },
  ...{ reviewBy: '2026-01-01', endedOn: null, endReason: null },
};
const record = (told: NewNeed, needs: Need[] = [], today = TODAY) => recordNeed(needs, told, 'new', BORN, today);
const refused = (code: string) => expect.objectContaining({ code, kind: 'rule' }) as Error;

describe('what a person needs (AUD-05)', () => {
  it('holds from today, and is looked at again within a year, unless it is said (FLG-03)', () => {
    expect(record({ code: 'easy-read' }).need).toEqual({
      ...{ id: 'new', code: 'easy-read', language: null, words: null, since: TODAY, reviewBy: IN_A_YEAR },
      ...{ endedOn: null, endReason: null },
    });
    const said = { since: BORN, reviewBy: addDays(TODAY, 1) };
    expect(record({ code: 'extra-time', ...said }).need).toMatchObject(said);
  });

  it('told again, keeps its id, its beginning and its words unless others are sent, and has a new day', () => {
    expect(record({ code: 'easy-read' }, [EASY_READ])).toEqual({
      ...{ kind: 'need-recorded', before: EASY_READ },
      need: { ...EASY_READ, reviewBy: IN_A_YEAR },
    });
    expect(record({ code: 'easy-read', words: ' Photographs. ' }, [EASY_READ]).need.words).toBe('Photographs.');
  });

  it('is another one after it ended, and in another language', () => {
    const ended = endNeed(EASY_READ, 'not-needed', TODAY).need;
    expect(record({ code: 'easy-read' }, [ended]).before).toBeNull();
    const polish = record({ code: 'interpreter', language: 'pl' }).need;
    expect(record({ code: 'interpreter', language: 'ro' }, [polish]).before).toBeNull();
    expect(record({ code: 'interpreter', language: 'pl' }, [polish]).before).toEqual(polish);
  });

  it('has a language where it is an interpreter, and nowhere else', () => {
    for (const told of [{ code: 'interpreter' }, { code: 'makaton', language: 'pl' }] as const) {
      expect(() => record(told)).toThrow(refused('interpreter-language'));
    }
  });

  it.each([addDays(BORN, -1), addDays(TODAY, 1)])('does not begin on %s', (since) => {
    expect(() => record({ code: 'audio', since })).toThrow(refused('need-since-invalid'));
  });

  it.each([TODAY, addDays(IN_A_YEAR, 1)])('is not looked at again on %s (FLG-03)', (reviewBy) => {
    expect(() => record({ code: 'audio', reviewBy })).toThrow(refused('need-review-invalid'));
  });

  it('ends once', () => {
    const { need } = endNeed(EASY_READ, 'recorded-in-error', TODAY);
    expect(need).toEqual({ ...EASY_READ, endedOn: TODAY, endReason: 'recorded-in-error' });
    expect(() => endNeed(need, 'not-needed', TODAY)).toThrow(expect.objectContaining({ code: 'need-ended' }));
  });

  it('is of one kind', () => {
    for (const kind of Object.keys(NEEDS) as NeedKind[])
      for (const code of NEEDS[kind]) expect([code, needKindOf(code)]).toEqual([code, kind]);
    expect(new Set(NEED_CODES).size).toBe(NEED_CODES.length);
  });
});

const evolve = (needs: Need[], { need }: NeedDecided): Need[] => [...needs.filter(({ id }) => id !== need.id), need];
const code = fc.constantFrom('easy-read', 'audio', 'interpreter', 'quiet-place' as const);
const step = fc.record({ code, words: fc.option(fc.constant('Words.'), { nil: undefined }), ends: fc.boolean() });

function after(steps: { code: Need['code']; words?: string; ends: boolean }[], prefix: string): Need[] {
  return steps.reduce<Need[]>((needs, { code: of, words, ends }, n) => {
    const language = of === 'interpreter' ? 'pl' : undefined;
    const decided = recordNeed(needs, { code: of, language, words }, `${prefix}${n}`, BORN, TODAY);
    const recorded = evolve(needs, decided);
    return ends ? evolve(recorded, endNeed(decided.need, 'not-needed', TODAY)) : recorded;
  }, []);
}
const held = (needs: Need[]): string[] =>
  needs
    .filter(({ endedOn }) => endedOn === null)
    .map((need) => need.code)
    .sort();

it('whatever is recorded, ended and merged: of each need one holds, and a merge loses none and no words', () => {
  fc.assert(
    fc.property(fc.array(step), fc.array(step), (one, other) => {
      const [old, survivor] = [after(one, 'old'), after(other, 'new')];
      expect(new Set(held(survivor)).size).toBe(held(survivor).length);
      let drawn = 0;
      const merged = needsByMerge(old, survivor, () => `drawn${drawn++}`).reduce(evolve, survivor);
      expect(held(merged)).toEqual([...new Set([...held(old), ...held(survivor)])].sort());
      for (const need of [...old, ...survivor].filter(({ endedOn, words }) => endedOn === null && words !== null)) {
        const its = merged.find((other) => other.code === need.code && other.endedOn === null);
        expect(its?.words).toBe('Words.');
      }
      expect(old.every(({ id }) => !merged.some((need) => need.id === id))).toBe(true);
    }),
  );
});
