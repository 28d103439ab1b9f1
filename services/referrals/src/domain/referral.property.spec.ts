import { PRIORITIES, TEAM_KINDS } from '@homeward/contracts';
import { DomainError } from '@homeward/kernel';
import fc from 'fast-check';
import { communityTeam, NOW, nurse, rejection, request } from './referral.fixture';
import {
  accept,
  evolve,
  receive,
  reject,
  RISK_BANDS,
  type Accept,
  type Referral,
  type ReferralEvent,
} from './referral';

const instant = fc.integer({ min: -20, max: 20 }).map((days) => new Date(NOW.getTime() + days * 86_400_000));
const practitioner = fc.constantFrom(nurse, 'somebody-else');

const anAccept: fc.Arbitrary<Accept> = fc.record({
  team: fc.option(
    fc.record({
      id: fc.constant(communityTeam.id),
      organisation: fc.constantFrom('RZ1', 'RZ2'),
      kind: fc.constantFrom(...TEAM_KINDS),
      telephone: fc.constant('01632 960002'),
    }),
    { nil: undefined },
  ),
  members: fc.constantFrom(new Set([nurse]), new Set<string>()),
  coordinatorId: fc.option(practitioner, { nil: undefined }),
  dutyHolder: fc.option(fc.record({ practitionerId: practitioner, until: instant }), { nil: undefined }),
  priority: fc.constantFrom(...PRIORITIES),
  acceptedAt: instant,
});

const aRejection = fc.record({
  ...Object.fromEntries(Object.entries(rejection).map(([key, value]) => [key, fc.constant(value)])),
  signpostCodes: fc.subarray(['talking-therapies', 'social-care']),
  criterionCodes: fc.subarray(['ELG-01', 'ELG-05']),
  riskBand: fc.constantFrom(...RISK_BANDS),
  rejectedAt: instant,
}) as fc.Arbitrary<typeof rejection>;

type Command = (referral: Referral) => ReferralEvent;
const command: fc.Arbitrary<Command> = fc.oneof(
  anAccept.map(
    (input): Command =>
      (referral) =>
        accept(referral, input, NOW),
  ),
  aRejection.map(
    (input): Command =>
      (referral) =>
        reject(referral, input, NOW),
  ),
);
const aRequest = fc.record({ receivedAt: instant, immediateRisk: fc.boolean() });

/** The referral as it is after each command, refused ones included. */
function* play(start: { receivedAt: Date; immediateRisk: boolean }, commands: Command[]): Generator<Referral> {
  let referral: Referral | undefined;
  for (const next of [() => receive({ ...request, ...start }, NOW), ...commands]) {
    try {
      referral = evolve(referral, next(referral as Referral));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
    if (!referral) return;
    yield referral;
  }
}

/** Who has the person in their hands, by name. */
function holderOf(referral: Referral): string | undefined {
  if (referral.status === 'received') return referral.intakeTeamId;
  if (referral.status === 'rejected') return undefined;
  const { teamId, answeredBy } = referral.acceptance;
  const name = 'coordinatorId' in answeredBy ? answeredBy.coordinatorId : answeredBy.dutyHolder.practitionerId;
  return teamId && name;
}

describe('whatever is tried on a referral', () => {
  it('somebody holds the person as long as it is open, and once it is accepted (DEC-04)', () => {
    fc.assert(
      fc.property(aRequest, fc.array(command, { maxLength: 12 }), (start, commands) => {
        for (const referral of play(start, commands)) {
          if (referral.status !== 'rejected') expect(holderOf(referral)).toBeTruthy();
          if (referral.status === 'accepted') {
            expect(holderOf(referral)).toBe(nurse);
            expect(referral.acceptance.organisation).toBe(referral.intakeOrganisation);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('accepted and rejected are final', () => {
    fc.assert(
      fc.property(aRequest, fc.array(command, { maxLength: 12 }), (start, commands) => {
        let decided: Referral | undefined;
        for (const referral of play(start, commands)) {
          if (decided) expect(referral).toBe(decided);
          if (referral.status !== 'received') decided = referral;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('nobody at risk is turned away, and nobody without a place to turn to (TRI-03)', () => {
    fc.assert(
      fc.property(aRequest, fc.array(command, { maxLength: 12 }), (start, commands) => {
        for (const referral of play(start, commands)) {
          if (referral.status !== 'rejected') continue;
          expect(referral.immediateRisk).toBe(false);
          expect(['low', 'medium']).toContain(referral.rejection.riskBand);
          expect(referral.rejection.signpostCodes).not.toHaveLength(0);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
