import { request } from './referral.fixture';
import { warningsOf } from './warnings';

const codes = (receivedAt: string, recordedAt: string, consent: 'given' | 'not-recorded' = 'given') =>
  warningsOf({ ...request, consent, receivedAt: new Date(receivedAt) }, new Date(recordedAt)).map(({ code }) => code);

describe('a referral is recorded with a warning', () => {
  it('when it is recorded over a working day after it was received (REF-04)', () => {
    expect(codes('2026-11-25T09:00:00Z', '2026-11-26T23:59:00Z')).toEqual([]);
    expect(codes('2026-11-25T09:00:00Z', '2026-11-27T00:00:00Z')).toEqual(['recorded-late']);
    expect(codes('2026-11-27T17:00:00Z', '2026-11-30T17:00:00Z')).toEqual([]);
    expect(codes('2026-12-24T17:00:00Z', '2026-12-29T17:00:00Z')).toEqual([]);
    expect(codes('2026-12-24T17:00:00Z', '2026-12-30T17:00:00Z')).toEqual(['recorded-late']);
  });

  it('when no consent is recorded, which stops nothing (REF-05)', () => {
    expect(codes('2026-11-25T09:00:00Z', '2026-11-25T10:00:00Z', 'not-recorded')).toEqual(['consent-not-recorded']);
  });
});
