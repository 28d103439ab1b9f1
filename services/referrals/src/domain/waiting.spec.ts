import { PRIORITIES, type Priority } from '@homeward/contracts';
import { move, type Deadline, type Move } from '@homeward/deadlines';
import fc from 'fast-check';
import { recordCareContact, type CareContact } from './care-contact';
import { movesOf } from './deadlines';
import { accept, evolve, priorityOf, receive, type Referral, type ReferralEvent } from './referral';
import { acceptance, NOW, RECEIVED_AT, request } from './referral.fixture';

const HOUR = 3_600_000;
const after = (hours: number): Date => new Date(RECEIVED_AT.getTime() + hours * HOUR);
const visit: CareContact = { at: NOW, way: 'face-to-face', withWhom: 'person', outcome: 'attended', purpose: 'care' };
const received = receive(request, NOW);
const told = (change: Partial<CareContact>): ReferralEvent => ({
  type: 'care-contact-recorded',
  contact: { ...visit, ...change },
});
const triaged = (priority: Priority, triagedAt: Date): ReferralEvent => ({
  type: 'triaged',
  triage: { priority, riskBand: 'low', immediateRiskPassed: false, triagedAt },
});
const accepted = (priority: Priority): ReferralEvent =>
  accept(play([received]) as Referral, { ...acceptance, priority }, NOW)[0] as ReferralEvent;

function play(events: ReferralEvent[]): Referral | undefined {
  return events.reduce<Referral | undefined>(evolve, undefined);
}

/** The deadlines of a referral of which one fact after the other is told, all of them at `now`. */
function deadlines(events: ReferralEvent[], now: Date): Deadline[] {
  let id = 0;
  let referral: Referral | undefined;
  const known = new Map<string, Deadline>();
  const tell = (moves: Move[]): void => {
    const about = { personId: request.personId, subject: `referral/${request.id}` };
    const { started, settled } = move(about, [...known.values()], moves, now, () => `${(id += 1)}`);
    for (const one of [...started.map(({ deadline }) => deadline), ...settled]) known.set(one.id, one);
  };
  for (const event of events) {
    tell(movesOf(referral, event));
    referral = evolve(referral, event);
  }
  return [...known.values()];
}

/** `C2.soon running`; but for triage. */
const states = (events: ReferralEvent[], now = after(48)): string[] =>
  deadlines(events, now)
    .filter(({ rule }) => !rule.startsWith('C1'))
    .map(({ rule, status }) => `${rule} ${status}`);

describe('the first contact (C2, TIM-11)', () => {
  it('is waited for from the receipt on, by the priority', () => {
    const [, contact] = deadlines([received], NOW);
    expect(contact).toMatchObject({ rule: 'C2.soon', startsAt: RECEIVED_AT, dueOn: '2026-12-02' });
  });

  it.each<[string, Partial<CareContact>]>([
    ['by video', { way: 'video' }],
    ['with a carer, where the person cannot', { withWhom: 'carer', way: 'telephone' }],
  ])('may be %s', (_, change) => expect(states([received, told(change)])).toEqual(['C2.soon met']));

  it.each<[string, Partial<CareContact>]>([
    ['a letter', { way: 'written' }],
    ['one to which somebody was not brought', { outcome: 'was-not-brought' }],
    ['one that was cancelled by us', { outcome: 'cancelled-by-us' }],
    ['to ask how they are who wait', { purpose: 'waiting-well' }],
    ['one before help was asked for', { at: after(-1) }],
  ])('is not %s', (_, change) => expect(states([received, told(change)])).toEqual(['C2.soon running']));

  it('in an emergency is by telephone, and somebody is there soon after', () => {
    const emergency = receive({ ...request, priority: 'emergency' }, NOW);
    const call = told({ way: 'telephone', at: after(1) });
    expect(states([emergency, call])).toEqual(['C2.emergency met', 'C2.emergency-visit missed']);
    expect(states([emergency, call, told({ at: after(4) })])).toEqual(['C2.emergency met', 'C2.emergency-visit met']);
  });

  it('more urgent, it is due from the receipt on; less urgent, from when that was found (PRI-03)', () => {
    const last = (...events: ReferralEvent[]) => deadlines([received, ...events], NOW).at(-1);
    expect(last(triaged('urgent', NOW))).toMatchObject({ rule: 'C2.urgent', startsAt: RECEIVED_AT });
    expect(last(triaged('routine', NOW))).toMatchObject({ rule: 'C2.routine', startsAt: NOW });
    expect(states([received, triaged('soon', NOW)])).toEqual(['C2.soon running']);
  });

  it('is the accepting team’s to make, and the clock runs on', () => {
    const [, theirs] = deadlines([received, accepted('soon')], NOW).filter(({ rule }) => rule === 'C2.soon');
    expect(theirs).toMatchObject({ startsAt: RECEIVED_AT, status: 'running', owner: { teamId: acceptance.team?.id } });
    expect(states([received, told({}), accepted('urgent')])).toEqual(['C2.soon met', 'C2.urgent met']);
    expect(states([received, told({}), accepted('soon')])).toEqual(['C2.soon met']);
  });

  it('is not recorded before it was (DEC-01)', () => {
    expect(() => recordCareContact({ ...visit, at: after(100) }, NOW)).toThrow('once it was');
  });

  const at = fc.integer({ min: -48, max: 24 * 40 }).map(after);
  const contacts = fc.array(
    fc.record({
      contact: fc.record<CareContact>({
        at,
        way: fc.constantFrom('face-to-face', 'telephone', 'written'),
        withWhom: fc.constant('person'),
        outcome: fc.constantFrom('attended', 'did-not-attend'),
        purpose: fc.constantFrom('care', 'waiting-well'),
      }),
      told: fc.tuple(fc.nat(8), fc.nat(8)),
    }),
    { maxLength: 5 },
  );
  const found = fc.array(fc.tuple(fc.constantFrom(...PRIORITIES), at), { maxLength: 3 });

  it('is in time or not whatever the order in which contacts and triages are told', () => {
    fc.assert(
      fc.property(contacts, found, fc.option(fc.constantFrom(...PRIORITIES)), at, (many, triages, taken, now) => {
        const decided = [
          ...[...triages].sort(([, a], [, b]) => a.getTime() - b.getTime()).map((each) => triaged(...each)),
          ...(taken ? [accepted(taken)] : []),
        ];
        const outcome = (nth: 0 | 1): unknown => {
          const facts = decided.map((event, place) => ({ event, place: place + 0.5 }));
          const others = many.map(({ contact, told: places }) => ({ event: told(contact), place: places[nth] }));
          const inOrder = [...facts, ...others].sort((a, b) => a.place - b.place).map(({ event }) => event);
          const { firstContactAt, firstVisitAt, lastInTouchAt, ...referral } = play([received, ...inOrder]) as Referral;
          const urgency = taken ?? priorityOf(referral as Referral);
          return [firstContactAt, firstVisitAt, lastInTouchAt, latest(urgency, deadlines([received, ...inOrder], now))];
        };
        expect(outcome(0)).toEqual(outcome(1));
      }),
      { numRuns: 300 },
    );
  });
});

/** How the latest deadlines of a priority stand: whether each is met, and whether it is waited for. */
const latest = (urgency: Priority, all: Deadline[]): string[] => {
  const last = new Map(all.map((one) => [one.rule, one]));
  return [`C2.${urgency}`, `C2.${urgency}-visit`].map((rule) => {
    const one = last.get(rule);
    return `${rule} ${one?.status} ${one?.settledAt === null}`;
  });
};

describe('who waits hears again (WL-06, TIM-14)', () => {
  it('within four weeks of the receipt, once a team has accepted who may wait', () => {
    const last = deadlines([received, accepted('routine')], NOW).at(-1);
    expect(last).toMatchObject({ rule: 'WL-06', startsAt: RECEIVED_AT, dueOn: '2026-12-23' });
    expect(states([received, accepted('urgent')])).not.toContain('WL-06 running');
  });

  it('from when they last heard, until the first contact', () => {
    const heard = told({ purpose: 'waiting-well', way: 'telephone', at: after(30) });
    expect(states([received, accepted('soon'), heard]).slice(2)).toEqual(['WL-06 met', 'WL-06 running']);
    expect(deadlines([received, heard, accepted('soon')], after(48)).at(-1)).toMatchObject({ startsAt: after(30) });
    const all = [
      received,
      accepted('soon'),
      heard,
      told({ purpose: 'waiting-well', at: after(10) }),
      told({ at: after(40) }),
    ];
    expect(states(all).slice(2)).toEqual(['WL-06 met', 'WL-06 met']);
    expect(states([received, told({}), accepted('soon')])).not.toContain('WL-06 running');
  });

  it('also from whom they did not meet: that changes nothing', () => {
    const missed = told({ outcome: 'did-not-attend', purpose: 'waiting-well', at: after(30) });
    expect(states([received, accepted('soon'), missed]).slice(2)).toEqual(['WL-06 running']);
  });
});
