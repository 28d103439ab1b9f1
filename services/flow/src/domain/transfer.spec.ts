import { DomainError, instantOf } from '@homeward/kernel';
import { PRIORITIES } from '@homeward/contracts';
import { given } from '@homeward/testing';
import fc from 'fast-check';
import {
  accept,
  complete,
  decline,
  evolve,
  propose,
  supersede,
  type Accept,
  type Complete,
  type Propose,
  type Situation,
  type Transfer,
  type TransferEvent,
  withdraw,
} from './transfer';

const at = (text: string): string => instantOf(new Date(text));
const monday = at('2026-11-23T09:00:00Z');
const tuesday = at('2026-11-24T09:00:00Z');
const wednesday = at('2026-11-25T09:00:00Z');

const community = { organisation: 'RZ1', teamId: 'community' };
const intensive = { organisation: 'RZ2', teamId: 'intensive' };
const situation: Situation = { episode: { accountable: community, closedAt: null }, transferIsOpen: false };

const request = {
  id: 't1',
  episodeId: 'e1',
  to: intensive,
  reasonCode: 'more-intensive-support',
  priority: 'urgent' as const,
  riskAssessedAt: at('2026-11-20T09:00:00Z'),
};
const proposal: Propose = { ...request, byOrganisation: 'RZ1', now: monday };
const proposed: TransferEvent = { type: 'proposed', ...request, from: community, proposedAt: monday };

const acceptance: Accept = {
  byOrganisation: 'RZ2',
  coordinatorId: 'nurse',
  isInTeam: (id) => id === 'nurse',
  startsAt: wednesday,
  now: tuesday,
};
const accepted: TransferEvent = {
  type: 'accepted',
  responsibility: { coordinatorId: 'nurse', dutyHolder: null },
  startsAt: wednesday,
  acceptedAt: tuesday,
};

const completion: Complete = {
  byOrganisation: 'RZ2',
  answeredBefore: 'community nurse',
  handoverComplete: true,
  firstContactAt: at('2026-11-24T15:00:00Z'),
  personInformedAt: at('2026-11-24T16:00:00Z'),
  completedAt: wednesday,
  now: wednesday,
};
const completed: TransferEvent = {
  type: 'completed',
  answeredBefore: 'community nurse',
  firstContactAt: completion.firstContactAt,
  personInformedAt: completion.personInformedAt,
  completedAt: wednesday,
};

const proposing =
  (command: Partial<Propose> = {}, then = situation) =>
  () =>
    propose(then, { ...proposal, ...command });
const accepting =
  (command: Partial<Accept> = {}) =>
  (state: Transfer) =>
    accept(state, { ...acceptance, ...command });
const completing =
  (command: Partial<Complete> = {}) =>
  (state: Transfer) =>
    complete(state, { ...completion, ...command });

const after = (...past: TransferEvent[]) => given<Transfer, TransferEvent>(evolve, ...past);

describe('proposing a transfer', () => {
  const nothing = after();

  it('asks another team, and switches nothing (TRF-04)', () => nothing.when(proposing()).then(proposed));
  it('is for the accountable team only (TRF-01)', () =>
    nothing.when(proposing({ byOrganisation: 'RZ2' })).refused('not-the-accountable-team', 'TRF-01'));
  it('needs another team than the accountable one (TRF-03)', () =>
    nothing.when(proposing({ to: community })).refused('team-is-accountable-already', 'TRF-03'));
  it('waits for an open transfer', () =>
    nothing.when(proposing({}, { ...situation, transferIsOpen: true })).refused('transfer-open-already'));
  it('needs an open episode', () =>
    nothing
      .when(proposing({}, { ...situation, episode: { accountable: community, closedAt: monday } }))
      .refused('episode-closed'));
  it('takes a risk assessment of 28 days ago (TRF-02)', () =>
    nothing
      .when(proposing({ riskAssessedAt: at('2026-10-26T00:30:00Z') }))
      .then({ ...proposed, riskAssessedAt: at('2026-10-26T00:30:00Z') } as TransferEvent));
  it('and not of the day before', () =>
    nothing
      .when(proposing({ riskAssessedAt: at('2026-10-25T23:59:59Z') }))
      .refused('risk-assessment-too-old', 'TRF-02'));
  it('nor one of tomorrow', () =>
    nothing.when(proposing({ riskAssessedAt: tuesday })).refused('risk-assessed-in-the-future'));
});

describe('accepting a transfer', () => {
  const afterProposal = after(proposed);

  it('names who will answer (CC-01)', () => afterProposal.when(accepting()).then(accepted));
  it('or who is on duty, for five working days at most (DEC-04)', () => {
    const duty = (until: string) => ({
      coordinatorId: undefined,
      dutyHolder: { practitionerId: 'nurse', until: at(until) },
    });
    const { dutyHolder } = duty('2026-12-01T17:00:00Z');
    afterProposal
      .when(accepting(duty('2026-12-01T17:00:00Z')))
      .then({ ...accepted, responsibility: { coordinatorId: null, dutyHolder } } as TransferEvent);
    afterProposal.when(accepting(duty('2026-12-02T09:00:00Z'))).refused('duty-too-long', 'DEC-04');
    afterProposal.when(accepting(duty('2026-11-24T08:00:00Z'))).refused('duty-too-long', 'DEC-04');
  });
  it('needs one of the two (TRF-03)', () =>
    afterProposal.when(accepting({ coordinatorId: undefined })).refused('responsible-person-missing', 'TRF-03'));
  it('and not both', () =>
    afterProposal
      .when(accepting({ dutyHolder: { practitionerId: 'nurse', until: wednesday } }))
      .refused('responsible-person-missing', 'TRF-03'));
  it('needs somebody of the receiving team (CC-01)', () =>
    afterProposal.when(accepting({ coordinatorId: 'stranger' })).refused('practitioner-not-in-team', 'CC-01'));
  it('is for the receiving team only (TRF-01)', () =>
    afterProposal.when(accepting({ byOrganisation: 'RZ1' })).refused('not-the-receiving-team', 'TRF-01'));
  it('happens once', () => after(proposed, accepted).when(accepting()).refused('transfer-is-accepted'));
});

describe('completing a transfer', () => {
  const afterAcceptance = after(proposed, accepted);

  it('is for both teams', () => {
    afterAcceptance.when(completing()).then(completed);
    afterAcceptance.when(completing({ byOrganisation: 'RZ1' })).then(completed);
    afterAcceptance.when(completing({ byOrganisation: 'RZ3' })).refused('not-a-team-of-this-transfer', 'TRF-01');
  });
  it('needs the acceptance first (TRF-01)', () =>
    after(proposed).when(completing()).refused('transfer-is-proposed', 'TRF-01'));
  it('needs the whole handover (TRF-01)', () =>
    afterAcceptance.when(completing({ handoverComplete: false })).refused('handover-incomplete', 'TRF-01'));
  it('needs the first contact (TRF-04)', () =>
    afterAcceptance
      .when(completing({ completedAt: at('2026-11-24T14:00:00Z') }))
      .refused('first-contact-missing', 'TRF-04'));
  it('needs the person to know (TRF-08)', () =>
    afterAcceptance
      .when(completing({ completedAt: at('2026-11-24T15:30:00Z') }))
      .refused('person-not-informed', 'TRF-08'));
  it('may be told late, and not before it happened', () => {
    const earlier = at('2026-11-24T17:00:00Z');
    afterAcceptance
      .when(completing({ completedAt: earlier }))
      .then({ ...completed, completedAt: earlier } as TransferEvent);
    afterAcceptance.when(completing({ completedAt: at('2026-11-25T09:00:01Z') })).refused('completed-in-the-future');
  });
  it('lies after the acceptance (TRF-01)', () =>
    afterAcceptance.when(completing({ completedAt: monday })).refused('completed-before-accepted', 'TRF-01'));
  it('happens once', () =>
    after(proposed, accepted, completed).when(completing()).refused('transfer-is-completed', 'TRF-01'));
});

describe('a transfer, whatever is asked of it', () => {
  const asked = fc.array(
    fc.oneof(
      fc.record({ byOrganisation: fc.constantFrom('RZ1', 'RZ2') }).map(accepting),
      fc
        .record({ byOrganisation: fc.constantFrom('RZ1', 'RZ2', 'RZ3'), handoverComplete: fc.boolean() })
        .map(completing),
    ),
    { maxLength: 8 },
  );

  it('is proposed, then accepted by its receiving team, then completed, each once', () => {
    fc.assert(
      fc.property(asked, (commands) => {
        let state = evolve(undefined, proposed);
        const seen: string[] = [];
        for (const command of commands) {
          let events: TransferEvent[] = [];
          try {
            events = command(state);
          } catch (error) {
            expect((error as Error).name).toBe('DomainError');
          }
          state = events.reduce(evolve, state);
          seen.push(...events.map(({ type }) => type));
        }
        expect(['', 'accepted', 'accepted,completed']).toContain(seen.join());
      }),
    );
  });
});

describe('declining a transfer', () => {
  const no = { reasonCode: 'criteria-not-met', alternativeCode: 'joint-review' } as const;
  const declining =
    (said: Partial<Parameters<typeof decline>[2]> = {}, by = 'RZ2') =>
    (state: Transfer) =>
      decline(state, by, { ...no, ...said }, tuesday);

  it('says why, and what is offered instead (TRF-06)', () =>
    after(proposed).when(declining()).then({ type: 'declined', declined: no, endedAt: tuesday }));
  it('is for the receiving team only (TRF-06)', () =>
    after(proposed).when(declining({}, 'RZ1')).refused('not-the-receiving-team', 'TRF-06'));
  it('is not for one that was accepted, or declined before', () => {
    after(proposed, accepted).when(declining()).refused('transfer-is-accepted');
    after(proposed, { type: 'declined', declined: no, endedAt: tuesday })
      .when(declining())
      .refused('transfer-is-declined');
  });
  it.each(PRIORITIES)('for want of room alone is refused from urgent on (TRF-06): %s', (priority) => {
    const asked = after({ ...proposed, priority } as TransferEvent).when(declining({ reasonCode: 'capacity' }));
    if (['emergency', 'very-urgent', 'urgent'].includes(priority)) asked.refused('capacity-alone', 'TRF-06');
    else asked.then({ type: 'declined', declined: { ...no, reasonCode: 'capacity' }, endedAt: tuesday });
  });
});

describe('withdrawing a transfer', () => {
  const why = { reasonCode: 'needs-changed' } as const;
  const withdrawing =
    (by = 'RZ1') =>
    (state: Transfer) =>
      withdraw(state, by, why, wednesday);
  const withdrawn: TransferEvent = { type: 'withdrawn', withdrawn: why, endedAt: wednesday };

  it('is for the asking team, until completion (TRF-01)', () => {
    after(proposed).when(withdrawing()).then(withdrawn);
    after(proposed, accepted).when(withdrawing()).then(withdrawn);
    after(proposed).when(withdrawing('RZ2')).refused('not-the-asking-team', 'TRF-01');
    after(proposed, accepted, completed).when(withdrawing()).refused('transfer-is-completed');
  });
  it('ends it: nothing can be agreed any more', () => {
    after(proposed, withdrawn).when(accepting()).refused('transfer-is-withdrawn');
    after(proposed, accepted, withdrawn).when(completing()).refused('transfer-is-withdrawn', 'TRF-01');
    after(proposed, withdrawn).when(withdrawing()).refused('transfer-is-withdrawn');
  });
});

describe('whatever is tried on a transfer', () => {
  type Try = [name: string, command: (state: Transfer) => TransferEvent[]];
  const no = { reasonCode: 'safety', alternativeCode: 'advice' } as const;
  const org = fc.constantFrom('RZ1', 'RZ2', 'RZ3');
  const tried: fc.Arbitrary<Try> = fc.oneof(
    org.map((by): Try => [`accept by ${by}`, accepting({ byOrganisation: by })]),
    org.map((by): Try => [`complete by ${by}`, completing({ byOrganisation: by })]),
    org.map((by): Try => [`decline by ${by}`, (state) => decline(state, by, no, tuesday)]),
    org.map((by): Try => [`withdraw by ${by}`, (state) => withdraw(state, by, { reasonCode: 'said-no' }, tuesday)]),
    fc.constant<Try>(['supersede', (state) => supersede(state, 'admission', tuesday)]),
  );
  /** What is allowed, in its own words: from which state, by whom, to which. */
  const MODEL: Record<string, Record<string, string>> = {
    proposed: {
      'accept by RZ2': 'accepted',
      'decline by RZ2': 'declined',
      'withdraw by RZ1': 'withdrawn',
      supersede: 'superseded',
    },
    accepted: {
      'complete by RZ1': 'completed',
      'complete by RZ2': 'completed',
      'withdraw by RZ1': 'withdrawn',
      supersede: 'superseded',
    },
  };

  it('it goes where the rules say, and its ends are final', () => {
    fc.assert(
      fc.property(fc.array(tried, { maxLength: 8 }), (commands) => {
        let state = evolve(undefined, proposed);
        for (const [name, command] of commands) {
          const next = MODEL[state.status]?.[name];
          let events: TransferEvent[] = [];
          try {
            events = command(state);
          } catch (error) {
            if (!(error instanceof DomainError)) throw error;
          }
          expect(events.length > 0).toBe(next !== undefined);
          state = events.reduce(evolve, state);
          if (next !== undefined) expect(state.status).toBe(next);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
