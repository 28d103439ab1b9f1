import {
  type InformationItem,
  ASKED_OF,
  CLOSING_REASONS,
  PRIORITIES,
  REDIRECT_REASONS,
  RISK_BANDS,
  TEAM_KINDS,
} from '@homeward/contracts';
import { DomainError } from '@homeward/kernel';
import fc from 'fast-check';
import { closeAsDied, withdraw } from './closing';
import { recordInformation, requestInformation } from './information';
import { acknowledge, redirect, withdrawRedirect } from './redirect';
import {
  accept,
  evolve,
  FINAL,
  OPEN,
  receive,
  reject,
  type Accept,
  type Referral,
  type ReferralEvent,
  type Team,
} from './referral';
import { communityTeam, intake, NOW, nurse, otherIntake, rejection, request } from './referral.fixture';
import { triage } from './triage';

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

const anIntake: fc.Arbitrary<Team> = fc
  .record({
    id: fc.constantFrom(intake.id, otherIntake.id),
    organisation: fc.constant(''),
    kind: fc.constantFrom('intake' as const, 'community' as const),
    telephone: fc.constant(intake.telephone),
  })
  .map((team) => ({ ...team, organisation: team.id === intake.id ? 'RZ1' : 'RZ2' }));

type Command = (referral: Referral) => ReferralEvent | ReferralEvent[];
const as =
  <Input>(decide: (referral: Referral, input: Input, now: Date) => ReferralEvent | ReferralEvent[]) =>
  (input: Input): Command =>
  (referral) =>
    decide(referral, input, NOW);

const commands = fc.array(
  fc.oneof(
    anAccept.map(as(accept)),
    aRejection.map(as(reject)),
    fc
      .record({
        itemCodes: fc.constant<InformationItem[]>(['risk']),
        askedOf: fc.constantFrom(...ASKED_OF),
        askedAt: instant,
        question: fc.constant('What has been tried?'),
      })
      .map(as(requestInformation)),
    fc.record({ receivedAt: instant, words: fc.constant('Nothing.') }).map(as(recordInformation)),
    fc
      .record({
        priority: fc.constantFrom(...PRIORITIES),
        riskBand: fc.constantFrom(...RISK_BANDS),
        immediateRiskPassed: fc.boolean(),
        triagedAt: instant,
        explanation: fc.option(fc.constant('Calmer since.'), { nil: undefined }),
      })
      .map(as(triage)),
    fc
      .record({
        team: fc.option(anIntake, { nil: undefined }),
        reasonCode: fc.constantFrom(...REDIRECT_REASONS),
        redirectedAt: instant,
      })
      .map(as(redirect)),
    fc
      .tuple(fc.constantFrom('RZ1', 'RZ2'), instant)
      .map(as((referral, [by, at], now) => acknowledge(referral, by, at, now))),
    instant.map(as(withdrawRedirect)),
    fc.record({ reasonCode: fc.constantFrom(...CLOSING_REASONS), closedAt: instant }).map(as(withdraw)),
    instant.map(as((referral, diedAt) => closeAsDied(referral, diedAt, request.id))),
  ),
  { maxLength: 16 },
);
const aRequest = fc.record({ receivedAt: instant, immediateRisk: fc.boolean() });

interface Step {
  before: Referral | undefined;
  events: ReferralEvent[];
  after: Referral;
}

/** Each command that was not refused. */
function* play(start: { receivedAt: Date; immediateRisk: boolean }, tried: Command[]): Generator<Step> {
  let before: Referral | undefined;
  for (const next of [() => receive({ ...request, ...start }, NOW), ...tried]) {
    let events: ReferralEvent[];
    try {
      events = [next(before as Referral)].flat();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (!before) return;
      continue;
    }
    const after = events.reduce<Referral | undefined>(evolve, before) as Referral;
    yield { before, events, after };
    before = after;
  }
}

const always = (check: (steps: Step[]) => void): void =>
  fc.assert(
    fc.property(aRequest, commands, (start, tried) => check([...play(start, tried)])),
    { numRuns: 1000 },
  );

/** Who has the person in their hands, told from the events alone. */
function holderOf(events: ReferralEvent[]): string | undefined {
  let holder: string | undefined;
  for (const event of events) {
    if (event.type === 'received') holder = event.request.intakeTeamId;
    if (event.type === 'redirect-acknowledged') holder = event.acknowledgement.toTeamId;
    if (event.type === 'accepted') {
      const { teamId, answeredBy } = event.acceptance;
      const name = 'coordinatorId' in answeredBy ? answeredBy.coordinatorId : answeredBy.dutyHolder.practitionerId;
      holder = teamId && name;
    }
    if (event.type === 'rejected' || event.type === 'closed') holder = undefined;
  }
  return holder;
}

describe('whatever is tried on a referral', () => {
  it('somebody holds the person as long as it is open, and once it is accepted (DEC-04)', () =>
    always((steps) => {
      const told: ReferralEvent[] = [];
      for (const { events, after } of steps) {
        told.push(...events);
        const open = OPEN.some((status) => status === after.status);
        if (open) expect(holderOf(told)).toBe(after.intakeTeamId);
        if (after.status !== 'accepted') expect(holderOf(told) !== undefined).toBe(open);
        else {
          expect(holderOf(told)).toBe(nurse);
          expect(after.acceptance.organisation).toBe(after.intakeOrganisation);
        }
      }
    }));

  it('the sender of a redirect holds until the destination itself acknowledges (TRI-04, DEC-04)', () =>
    always((steps) => {
      for (const { before, events, after } of steps) {
        if (before?.intakeTeamId === after.intakeTeamId || !before) continue;
        expect(events.map(({ type }) => type)).toEqual(['redirect-acknowledged']);
        expect(before).toMatchObject({ status: 'redirected', redirect: { toTeamId: after.intakeTeamId } });
        expect(after.earlierIntakes).toContain(before.intakeOrganisation);
      }
    }));

  it('a redirect has one end: acknowledged, or withdrawn, also by a decision of the sender', () =>
    always((steps) => {
      let pending = 0;
      for (const { events, after } of steps) {
        for (const { type } of events) {
          if (type === 'redirected') pending += 1;
          if (type === 'redirect-acknowledged' || type === 'redirect-withdrawn') pending -= 1;
          if (['accepted', 'rejected', 'closed'].includes(type)) expect(pending).toBe(0);
        }
        expect(pending).toBe(after.status === 'redirected' ? 1 : 0);
      }
    }));

  it('accepted, rejected and closed are final', () =>
    always((steps) => {
      for (const { before } of steps) if (before) expect(FINAL).not.toContain(before.status);
    }));

  it('nobody at risk is turned away, and nobody without a place to turn to (TRI-03)', () =>
    always((steps) => {
      let immediate = false;
      for (const { events, after } of steps)
        for (const event of events) {
          if (event.type === 'received') immediate = event.request.immediateRisk;
          if (event.type === 'triaged' && event.triage.immediateRiskPassed) immediate = false;
          if (event.type === 'triaged' && event.triage.riskBand === 'immediate') immediate = true;
          if (event.type !== 'rejected') continue;
          expect(immediate).toBe(false);
          expect(['low', 'medium']).toContain(event.rejection.riskBand);
          expect(['low', 'medium', undefined]).toContain(after.triage?.riskBand);
          expect(event.rejection.signpostCodes).not.toHaveLength(0);
        }
    }));

  it('its version counts the events, and what was asked for stays as it was received', () =>
    always((steps) => {
      let version = 0;
      for (const { events, after } of steps) {
        expect(after.version).toBe((version += events.length));
        const { personId, referrerOrganisation, sourceCode, priority, consent, reason } = request;
        expect(after).toMatchObject({ personId, referrerOrganisation, sourceCode, priority, consent, reason });
      }
    }));

  it('a wish to withdraw is never refused while it is open (TRI-02, DEC-01)', () =>
    always((steps) => {
      for (const { after } of steps) {
        const wish = () => withdraw(after, { reasonCode: 'said-no', closedAt: NOW }, NOW);
        if (FINAL.some((status) => status === after.status)) expect(wish).toThrow(DomainError);
        else expect(wish().reduce(evolve, after)).toMatchObject({ status: 'closed' });
      }
    }));
});
