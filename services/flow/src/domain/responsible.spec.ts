import {
  episodeOpened,
  hospitalStayBegan,
  hospitalStayEnded,
  personDied,
  referralAccepted,
  referralClosed,
  referralReceived,
  referralRedirectAcknowledged,
  referralRedirected,
  referralRejected,
  transferCompleted,
  type EventContract,
} from '@homeward/contracts';
import { formatMicros } from '@homeward/kernel';
import fc from 'fast-check';
import { responsibleAt, type Entry } from './responsible';

const at = (minute: number): string => formatMicros(BigInt(minute) * 60_000_000n);

const entry = <D>(contract: EventContract<D>, minute: number, data: Partial<D>): Entry => ({
  id: `${contract.type} ${minute}`,
  type: contract.type,
  occurredAt: at(minute),
  recordedAt: at(minute),
  data: { ...contract.example, ...data },
});
const received = (minute: number, referralId = 'r1') =>
  entry(referralReceived, minute, { referralId, intakeTeamId: `intake of ${referralId}` });
const accepted = (minute: number, referralId = 'r1') =>
  entry(referralAccepted, minute, { referralId, teamId: 'community', coordinatorId: 'nurse' });
const rejected = (minute: number, referralId = 'r1') => entry(referralRejected, minute, { referralId });
const redirected = (minute: number, referralId = 'r1') =>
  entry(referralRedirected, minute, {
    referralId,
    intakeTeamId: `intake of ${referralId}`,
    toTeamId: 'another intake',
  });
const acknowledged = (minute: number, referralId = 'r1') =>
  entry(referralRedirectAcknowledged, minute, { referralId, intakeTeamId: 'another intake' });
const closed = (minute: number, referralId = 'r1') => entry(referralClosed, minute, { referralId });
const opened = (minute: number) => entry(episodeOpened, minute, { teamId: 'community', coordinatorId: 'nurse' });
const completed = (minute: number) =>
  entry(transferCompleted, minute, {
    toTeamId: 'intensive',
    coordinatorId: null,
    dutyHolder: { practitionerId: 'on duty', until: at(99) },
  });

const holding = (entries: Entry[], minute: number) => {
  const { by, teamId, since, answeredBy } = responsibleAt(entries, at(minute)) ?? {};
  return [by, teamId, since, answeredBy];
};

describe('who held a person', () => {
  it('is the intake of the oldest open referral first (DEC-04)', () => {
    expect(holding([received(1), received(2, 'r2')], 3)).toEqual(['intake', 'intake of r1', at(1), null]);
    expect(holding([received(1), received(2, 'r2'), rejected(3)], 3)).toEqual(['intake', 'intake of r2', at(2), null]);
  });
  it('is the sender of a redirect until it is acknowledged, then the other intake (TRI-04, DEC-04)', () => {
    const entries = [received(1), redirected(3)];
    expect(holding(entries, 4)).toEqual(['intake', 'intake of r1', at(1), null]);
    expect(holding([...entries, acknowledged(5)], 5)).toEqual(['intake', 'another intake', at(5), null]);
  });
  it('is the intake of the oldest referral also where that was passed on since (DEC-04)', () => {
    const entries = [received(1), redirected(2), received(3, 'r2'), acknowledged(5)];
    expect(holding(entries.slice(0, 3), 4)).toEqual(['intake', 'intake of r1', at(1), null]);
    expect(holding(entries, 5)).toEqual(['intake', 'another intake', at(5), null]);
  });
  it('is nobody by a referral that was closed, nor by an acknowledgement that came after the end', () => {
    expect(responsibleAt([received(1), closed(2)], at(2))).toBeNull();
    expect(responsibleAt([received(1), redirected(2), closed(3), acknowledged(4)], at(4))).toBeNull();
    expect(holding([received(1), received(2, 'r2'), closed(3)], 3)).toEqual(['intake', 'intake of r2', at(2), null]);
  });
  it('is the accepting team while its episode is not known', () => {
    expect(holding([received(1), accepted(2)], 2)).toEqual(['accepted-referral', 'community', at(2), 'nurse']);
  });
  it('is the accountable team, and who answers in it, once there is one (TRF-03)', () => {
    const entries = [received(1), opened(2), accepted(2), received(3, 'r2')];
    expect(holding(entries, 4)).toEqual(['episode', 'community', at(2), 'nurse']);
    expect(holding([...entries, completed(5)], 5)).toEqual(['episode', 'intensive', at(5), 'on duty']);
  });
  it('is the hospital team while a stay lasts, the community team beside it, and that team from the discharge on (DEC-02)', () => {
    const stay = [
      opened(2),
      entry(hospitalStayBegan, 5, { teamId: 'ward', coordinatorId: 'ward nurse' }),
      entry(hospitalStayEnded, 8, { teamId: 'community', coordinatorId: 'nurse' }),
    ];
    expect(responsibleAt(stay.slice(0, 2), at(6))).toEqual({
      ...{ by: 'hospital-stay', teamId: 'ward', since: at(5), answeredBy: 'ward nurse' },
      beside: { teamId: 'community', answeredBy: 'nurse' },
    });
    expect(responsibleAt(stay, at(8))).toMatchObject({
      by: 'episode',
      teamId: 'community',
      since: at(8),
      beside: null,
    });
  });
  it('is told after the death as who was last (DEC-05)', () => {
    const entries = [opened(2), entry(personDied, 5, {})];
    expect(holding(entries, 6)).toEqual(['died', 'community', at(2), 'nurse']);
    const onADay = { ...entry(personDied, 0, {}), precision: 'day' as const, recordedAt: at(4) };
    expect(holding([opened(2), onADay], 3)).toEqual(['episode', 'community', at(2), 'nurse']);
    expect(holding([opened(2), onADay], 4)).toEqual(['died', 'community', at(2), 'nurse']);
  });
  it('is nobody before the first receipt, and after a rejection', () => {
    expect(responsibleAt([], at(1))).toBeNull();
    expect(responsibleAt([received(1), rejected(2)], at(2))).toBeNull();
  });

  it('is somebody at every instant at which a referral is open or was accepted (DEC-04)', () => {
    const story = fc.array(fc.constantFrom('waits', 'accepted', 'rejected', 'closed', 'passed on'), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(story, fc.nat(40), (ends, minute) => {
        const entries = ends.flatMap((end, i) => {
          const [receipt, decision] = [i * 4 + 1, i * 4 + 15];
          if (end === 'waits') return [received(receipt, `r${i}`)];
          if (end === 'rejected') return [received(receipt, `r${i}`), rejected(decision, `r${i}`)];
          if (end === 'closed')
            return [received(receipt, `r${i}`), redirected(receipt + 1, `r${i}`), closed(decision, `r${i}`)];
          if (end === 'passed on')
            return [received(receipt, `r${i}`), redirected(receipt + 1, `r${i}`), acknowledged(decision, `r${i}`)];
          return [received(receipt, `r${i}`), opened(decision), accepted(decision, `r${i}`)];
        });
        const happened = entries.filter(({ occurredAt }) => occurredAt <= at(minute));
        const wants = ends.some(
          (end, i) => i * 4 + 1 <= minute && (!['rejected', 'closed'].includes(end) || minute < i * 4 + 15),
        );
        expect(responsibleAt(happened, at(minute)) !== null).toBe(wants);
      }),
    );
  });
});
