import fc from 'fast-check';
import { judge, type Happening, type Standing } from './judge';

const DUE = new Date('2026-11-27T00:00:00Z');
const before = new Date('2026-11-26T23:59:59.999Z');
const after = new Date('2026-11-27T00:00:00.001Z');
const running: Standing = { status: 'running', due: DUE, dueOn: '2026-11-26', settledAt: null };
const missed: Standing = { ...running, status: 'missed' };

describe('a deadline is judged by when things happened', () => {
  it.each<[string, Standing, Happening, object | undefined]>([
    ['done in time', running, { what: 'done', at: before }, { status: 'met', told: 'met' }],
    ['done too late', running, { what: 'done', at: after }, { status: 'missed', told: 'missed' }],
    ['done as the next day begins', running, { what: 'done', at: DUE }, { status: 'missed' }],
    ['done on the last instant of hours', { ...running, dueOn: null }, { what: 'done', at: DUE }, { status: 'met' }],
    ['called missed, and then told to be done in time', missed, { what: 'done', at: before }, { status: 'met' }],
    ['called missed, and done', missed, { what: 'done', at: after }, { status: 'missed', told: 'done-late' }],
    [
      'not needed before it was due',
      running,
      { what: 'not-needed', at: before },
      { status: 'cancelled', told: 'cancelled' },
    ],
    ['not needed after it was due', running, { what: 'not-needed', at: after }, { status: 'missed', told: 'missed' }],
    ['the person died before it was due (DEC-05)', missed, { what: 'died', at: before }, { status: 'suspended' }],
    ['nothing, and it is due', running, { what: 'time', now: DUE }, { status: 'missed', settledAt: null }],
    ['nothing, and it is not due', running, { what: 'time', now: before }, undefined],
    ['missed before', missed, { what: 'time', now: after }, undefined],
  ])('%s', (_, deadline, happening, expected) => {
    if (expected === undefined) expect(judge(deadline, happening)).toBeUndefined();
    else expect(judge(deadline, happening)).toMatchObject(expected);
  });

  it('goes from met to missed only by a correction', () => {
    const met: Standing = { ...running, status: 'met', settledAt: before };
    expect(judge(met, { what: 'done', at: after })).toBeUndefined();
    expect(judge(met, { what: 'done', at: after, correction: true })).toMatchObject({
      status: 'missed',
      told: 'missed',
    });
  });
});

const instant = fc.integer({ min: -5, max: 5 }).map((hours) => new Date(DUE.getTime() + hours * 3_600_000));
const fact = fc.record({ what: fc.constantFrom('done' as const, 'not-needed' as const, 'died' as const), at: instant });
const apply = (deadline: Standing, happening: Happening): Standing => ({
  ...deadline,
  ...(({ status, settledAt }) => ({ status, settledAt }))(judge(deadline, happening) ?? deadline),
});

describe('whenever a clock looks', () => {
  it('a deadline ends the same, and is called missed at most once while it is to be done', () => {
    fc.assert(
      fc.property(
        fc.array(fact, { maxLength: 4 }),
        fc.array(instant, { maxLength: 6 }),
        fc.boolean(),
        (facts, looks, days) => {
          const first: Standing = { ...running, dueOn: days ? running.dueOn : null };
          const quiet = facts.reduce(apply, first);
          let [watched, alarms] = [first, 0];
          for (let n = 0; n <= facts.length; n += 1) {
            for (const now of looks) {
              if (judge(watched, { what: 'time', now })) alarms += 1;
              watched = apply(watched, { what: 'time', now });
            }
            const next = facts[n];
            if (next) watched = apply(watched, next);
          }
          const isLeftAlone = facts.length === 0;
          if (!isLeftAlone) expect(watched).toEqual(quiet);
          expect(alarms).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('nothing that is settled is opened again', () => {
    fc.assert(
      fc.property(fc.array(fact, { minLength: 1, maxLength: 5 }), instant, (facts, now) => {
        const settled = facts.reduce(apply, running);
        expect(settled.settledAt).not.toBeNull();
        expect(apply(settled, { what: 'time', now })).toEqual(settled);
      }),
    );
  });
});
