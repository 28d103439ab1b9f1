import type { Override } from '@homeward/policy';
import { move, type Deadline, type Move } from './deadline';
import { expire } from './expire';
import { termsOf } from './terms';

const owner = { organisation: 'RZ1', teamId: 'a-team' };
const about = { personId: 'somebody', subject: 'referral/1' };
/** A Wednesday, at nine. */
const startsAt = new Date('2026-11-25T09:00:00Z');
let drawn = 0;
const moved = (moves: Move[], now: Date, known: Deadline[] = []) =>
  move(about, known, moves, now, () => `id-${(drawn += 1)}`);
const start = (rule: string, more: object = {}): Move => ({ move: 'start', rule, startsAt, owner, ...more });
const begun = (rule: string, now = startsAt): Deadline => {
  const [first] = moved([start(rule)], now).started;
  if (!first) throw new Error('it did not start');
  return first.deadline;
};
const toldBy = (moves: Move[], now: Date, known: Deadline[] = []) =>
  moved(moves, now, known).told.map(({ told, after }) => [told.what, after.status]);

describe('the terms of a deadline come from the rule', () => {
  it('in working days: due when the London day after the last one begins', () => {
    expect(termsOf('C1.urgent', startsAt)).toMatchObject({
      due: new Date('2026-11-27T00:00:00Z'),
      dueOn: '2026-11-26',
      ...{ standing: 'our-default', authority: 'Homeward', ruleFrom: null },
    });
  });

  it('in summer that is an hour earlier by the sun', () => {
    expect(termsOf('C1.urgent', new Date('2026-06-24T22:59:00Z'))?.due).toEqual(new Date('2026-06-25T23:00:00Z'));
  });

  it('in hours: to the minute', () => {
    expect(termsOf('C1.emergency', startsAt)).toMatchObject({ due: new Date('2026-11-25T09:30:00Z'), dueOn: null });
  });

  it('an earlier day that was agreed on counts, a later one does not', () => {
    expect(termsOf('TRI-02', startsAt, '2026-11-27')?.dueOn).toBe('2026-11-27');
    expect(termsOf('TRI-02', startsAt, '2026-12-24')?.dueOn).toBe('2026-12-02');
  });

  it('law that has not commenced sets none', () => expect(termsOf('T-01', startsAt)).toBeUndefined());

  describe('where the board of the person’s home decided otherwise', () => {
    const own = { icb: 'QZ1', kind: 'WD', from: '2026-04-01', until: null, source: 'Board paper 7' } as const;
    const twoDays: Override = { ...own, rule: 'C1.urgent', length: 'P2D' };

    it('that stands in the place of what is no national requirement, and is shown as the board’s', () => {
      expect(termsOf('C1.urgent', startsAt, undefined, [twoDays])).toMatchObject({
        ...{ dueOn: '2026-11-27', authority: 'QZ1', standing: 'local-example', ruleFrom: '2026-04-01' },
      });
    });

    it('only on its days, and of its rule', () => {
      const other: Override = { ...twoDays, rule: 'C1.soon' };
      const ended: Override = { ...twoDays, until: '2026-11-24' };
      for (const decided of [[other], [ended]])
        expect(termsOf('C1.urgent', startsAt, undefined, decided)).toMatchObject({ authority: 'Homeward' });
    });

    it('beside a national requirement the earlier of the two acts (DEC-20)', () => {
      const terms = (length: string) => termsOf('T-20', startsAt, undefined, [{ ...own, rule: 'T-20', length }]);
      expect(terms('P1D')).toMatchObject({ authority: 'QZ1', dueOn: '2026-11-26' });
      expect(terms('P90D')).toMatchObject({ standing: 'national-policy' });
    });

    it('a rung of the ladder too (TRF-07)', () => {
      const rung: Override = { ...own, rule: 'TRF-07.managers', length: 'P3D' };
      expect(termsOf('TRF.response.urgent', startsAt, undefined, [rung])?.steps).toContainEqual({
        ...{ step: 'TRF-07.managers', due: new Date('2026-12-02T00:00:00Z'), dueOn: '2026-12-01' },
      });
    });
  });

  it('somebody is warned, on the last working day too where the day is none (dsr-cetr §7)', () => {
    // Five working days from a Monday end on the Monday after; three quarters of it fall on the Sunday.
    const steps = termsOf('TRI-02', new Date('2026-11-23T09:00:00Z'))?.steps;
    expect(steps).toEqual([
      { step: 'warning', due: new Date('2026-11-27T00:00:00Z'), dueOn: null },
      { step: 'warning', due: new Date('2026-11-29T00:00:00Z'), dueOn: null },
    ]);
  });

  it('an overdue answer goes up the ladder (TRF-07)', () => {
    expect(termsOf('TRF.response.urgent', startsAt)?.steps).toEqual([
      { step: 'warning', due: new Date('2026-11-26T03:00:00Z'), dueOn: null },
      { step: 'TRF-07.managers', due: new Date('2026-11-28T00:00:00Z'), dueOn: '2026-11-27' },
      { step: 'TRF-07.director', due: new Date('2026-12-01T00:00:00Z'), dueOn: '2026-11-30' },
    ]);
    expect(termsOf('TRF.response.emergency', startsAt)?.steps.map(({ step, due }) => [step, due])).toEqual([
      ['warning', new Date('2026-11-25T09:45:00Z')],
      ['TRF-07.on-call', new Date('2026-11-25T10:30:00Z')],
      ['TRF-07.director', new Date('2026-11-28T00:00:00Z')],
    ]);
  });
});

describe('a fact moves the deadlines of its subject', () => {
  const afterwards = new Date('2026-11-25T10:00:00Z');

  it('starts one, with its steps', () => {
    const [one] = moved([start('C1.soon')], startsAt).started;
    expect(one?.deadline).toMatchObject({ ...about, rule: 'C1.soon', status: 'running', settledAt: null });
    expect(one?.steps.map(({ step }) => step)).toEqual(['warning']);
  });

  it('ends those of its rule, in all their cases, and no other', () => {
    const known = [begun('C1.soon'), begun('TRI-02')];
    const { settled } = moved([{ move: 'done', of: 'C1', at: afterwards }], afterwards, known);
    expect(settled.map(({ rule, status }) => [rule, status])).toEqual([['C1.soon', 'met']]);
  });

  it('one that begins and ends in the same decision is told of both, and stored as it ended', () => {
    const { started, settled, told } = moved([start('C1.soon'), { move: 'done', at: afterwards }], afterwards);
    expect([started[0]?.deadline.status, settled]).toEqual(['met', []]);
    expect(told.map(({ told }) => told.what)).toEqual(['started', 'met']);
  });

  it('again only in the place of one that has just ended: else nobody waits (TIM-14)', () => {
    const again: Move[] = [{ move: 'done', of: 'WL-06', at: afterwards }, start('WL-06', { again: true })];
    expect(toldBy(again, afterwards, [begun('WL-06')]).map(([what]) => what)).toEqual(['met', 'started']);
    const suspended: Deadline = { ...begun('WL-06'), status: 'suspended', settledAt: startsAt };
    for (const known of [[], [suspended]]) expect(toldBy(again, afterwards, known)).toEqual([]);
  });

  it('told after it was over it rings once, whatever its steps were (DEC-06)', () => {
    const muchLater = new Date('2026-12-24T09:00:00Z');
    expect(toldBy([start('TRF.response.urgent')], muchLater)).toEqual([['missed', 'missed']]);
    expect(moved([start('TRF.response.urgent')], muchLater).started[0]?.steps).toEqual([]);
  });

  it('of imported history rings not at all (DEC-06)', () => {
    const imported = start('C1.urgent', { imported: true });
    expect(moved([imported], new Date('2026-12-24T09:00:00Z'))).toEqual({ started: [], settled: [], told: [] });
    expect(toldBy([imported], startsAt)).toEqual([['started', 'running']]);
  });

  it('a death suspends what was not due by then, also what a clock has called missed meanwhile (DEC-05)', () => {
    const death: Move = { move: 'not-needed', at: afterwards, because: 'died' };
    const called: Deadline = { ...begun('C1.urgent'), status: 'missed' };
    expect(toldBy([death], new Date('2026-12-01T09:00:00Z'), [called])).toEqual([['cancelled', 'suspended']]);
    expect(toldBy([death], afterwards, [begun('C1.emergency')])).toEqual([['missed', 'missed']]);
  });
});

describe('a clock that looks late', () => {
  const deadline = begun('TRF.response.urgent');
  const steps = termsOf('TRF.response.urgent', startsAt)?.steps ?? [];
  const told = (now: string) => {
    const { missed, reached } = expire(deadline, steps, new Date(now));
    return [missed?.status, reached?.step];
  };

  it.each([
    ['2026-11-26T02:00:00Z', undefined, undefined],
    ['2026-11-26T03:00:00Z', undefined, 'warning'],
    ['2026-11-26T09:00:00Z', 'missed', undefined],
    ['2026-11-28T09:00:00Z', 'missed', 'TRF-07.managers'],
    ['2026-12-09T09:00:00Z', 'missed', 'TRF-07.director'],
  ])('tells at %s that it is missed, not that it was near, and the highest rung alone', (now, missed, step) => {
    expect(told(now)).toEqual([missed, step]);
  });
});
