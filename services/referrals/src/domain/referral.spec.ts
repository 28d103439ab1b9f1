import { given } from '@homeward/testing';
import { acceptance, communityTeam, intake, NOW, nurse, rejection, request } from './referral.fixture';
import { accept, evolve, intakeOf, receive, reject, type Accept, type ReferralEvent, type Rejection } from './referral';

const received: ReferralEvent = { type: 'received', request };
const later = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);
const accepting = (change: Partial<Accept> = {}) =>
  given(evolve, received).when((referral) => accept(referral, { ...acceptance, ...change }, NOW));
const rejecting = (change: Partial<Rejection> = {}, ofRequest: Partial<typeof request> = {}) =>
  given(evolve, { type: 'received', request: { ...request, ...ofRequest } }).when((referral) =>
    reject(referral, { ...rejection, ...change }, NOW),
  );

describe('to receive a referral', () => {
  it('records what was asked for, also when it reached the provider long ago (REF-04)', () => {
    const long = { ...request, receivedAt: later(-90) };
    given(evolve)
      .when(() => receive(long, NOW))
      .then({ type: 'received', request: long });
  });

  it('is refused when it is said to have reached the provider in the future (REF-04)', () => {
    given(evolve)
      .when(() => receive({ ...request, receivedAt: later(1) }, NOW))
      .refused('received-in-the-future', 'REF-04');
  });

  it('takes an intake, and no other team (REF-02)', () => {
    expect(intakeOf(intake)).toBe(intake);
    for (const team of [undefined, communityTeam])
      given(evolve)
        .when(() => intakeOf(team) as never)
        .refused('intake-unknown', 'REF-02');
  });
});

describe('to accept a referral', () => {
  it('makes a team and its co-ordinator answer from the moment of the acceptance (DEC-04)', () => {
    const { organisation, id: teamId } = communityTeam;
    const answeredBy = { coordinatorId: nurse };
    accepting().then({
      type: 'accepted',
      acceptance: { organisation, teamId, answeredBy, priority: 'urgent', acceptedAt: NOW },
    });
  });

  it('takes somebody on duty with an end, up to five working days away (DEC-04)', () => {
    const dutyHolder = { practitionerId: nurse, until: new Date('2026-12-02T23:00:00Z') };
    accepting({ coordinatorId: undefined, dutyHolder }).then(
      expect.objectContaining({ acceptance: expect.objectContaining({ answeredBy: { dutyHolder } }) }),
    );
  });

  it.each([
    ['nobody', { coordinatorId: undefined }, 'nobody-answers'],
    ['two people', { dutyHolder: { practitionerId: nurse, until: later(1) } }, 'nobody-answers'],
    ['somebody of another team', { members: new Set<string>() }, 'not-in-the-team'],
    [
      'a duty that has ended',
      { coordinatorId: undefined, dutyHolder: { practitionerId: nurse, until: NOW } },
      'duty-ended',
    ],
    [
      'a duty of more than five working days',
      { coordinatorId: undefined, dutyHolder: { practitionerId: nurse, until: new Date('2026-12-03T00:00:01Z') } },
      'duty-too-long',
    ],
  ])('is refused with %s (DEC-04)', (_, change, code) => accepting(change).refused(code, 'DEC-04'));

  it.each([
    ['a team that the directory does not know', undefined, 'team-unknown'],
    ['an intake', intake, 'team-unknown'],
    ['a team of another organisation', { ...communityTeam, organisation: 'RZ2' }, 'team-of-another-organisation'],
  ])('is refused for %s (TRI-02)', (_, team, code) => accepting({ team }).refused(code, 'TRI-02'));

  it('is refused for a moment before the receipt, or in the future', () => {
    accepting({ acceptedAt: new Date('2026-11-25T08:59:00Z') }).refused('decided-before-received', 'REF-04');
    accepting({ acceptedAt: later(1) }).refused('decided-in-the-future', 'DEC-01');
  });
});

describe('to reject a referral', () => {
  it('gives the reason, the criterion and where help may be found (TRI-02, ELG-10)', () => {
    rejecting().then({ type: 'rejected', rejection });
  });

  it('is refused without a place to turn to (TRI-03)', () =>
    rejecting({ signpostCodes: [] }).refused('no-signpost', 'TRI-03'));
  it('is refused without a criterion (ELG-10)', () =>
    rejecting({ criterionCodes: [] }).refused('no-criterion', 'ELG-10'));

  it.each(['high', 'immediate'] as const)('is refused for a person at %s risk (TRI-03)', (riskBand) =>
    rejecting({ riskBand }).refused('risk-too-high', 'TRI-03'),
  );

  it('is refused when somebody said that there is an immediate risk, whatever was found since (TRI-03)', () =>
    rejecting({}, { immediateRisk: true }).refused('risk-too-high', 'TRI-03'));
});
