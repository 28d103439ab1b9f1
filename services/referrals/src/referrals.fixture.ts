import { practitionerJoinedTeam, teamOpened, type EventEnvelope } from '@homeward/contracts';
import { BoardDecisions, PeopleClient, PersonFacts } from '@homeward/http';
import { NotFound, type CommandContext } from '@homeward/persistence';
import { PolicyOverrides, type Override } from '@homeward/policy';
import { caller, commandOf, createServiceDatabase, type ServiceDatabase } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { migrations } from './adapters/migrations';
import { Registrations, type PersonDetails } from './adapters/registrations';
import { communityTeam, intake, nurse, otherIntake, request } from './domain/referral.fixture';
import type { Team } from './domain/referral';
import { ReceiveReferralHandler, type ReceiveReferral } from './features/receive-referral/receive-referral';
import { teamDirectory } from './features/team-directory/team-directory.projection';

export const PRACTICE = caller({ organisation: 'A99001', roles: ['referrer'] });
export const TRIAGE = caller({ organisation: 'RZ1', roles: ['triage-clinician'] });
export const OTHER_TRUST = caller({ organisation: 'RZ2', roles: ['triage-clinician'] });
export const otherTeam: Team = { ...communityTeam, id: '0199b6a0-0000-7000-8000-0000000000b2', organisation: 'RZ2' };

/** The service with people beside it that knows everybody but who is named, and a directory of four teams. */
export interface Referrals extends ServiceDatabase {
  boards: BoardDecisions;
  receiving: ReceiveReferralHandler;
  /** What was sent to people to be registered. */
  registered: { requestId: string; organisation: string; person: PersonDetails }[];
  /** Receives a referral like the fixture's, and answers its id and its person's. */
  refer(change?: Partial<ReceiveReferral>, context?: CommandContext): Promise<{ id: string; personId: string }>;
}

export const NOBODY = '5f9c0a61-6c2b-4c55-8f7e-00000000dead';
export const KNOWN = '5f9c0a61-6c2b-4c55-8f7e-0000000000aa';

class PeopleStandIn extends PeopleClient {
  readonly registered: Referrals['registered'] = [];

  constructor() {
    super({ peopleUrl: 'http://127.0.0.1:1', token: () => Promise.reject(new Error('nobody asks for a token')) });
  }

  override get<T>(path: string): Promise<T> {
    if (path.includes(NOBODY)) return Promise.reject(new NotFound('person'));
    const id = path.split('/')[3];
    return Promise.resolve({ id, basis: 'both', responsibleIcb: 'QZ1', provisional: false, sequence: '1' } as T);
  }

  /** Whoever has an NHS number is known already. */
  override post<T>(_: string, body: Referrals['registered'][number]): Promise<T> {
    this.registered.push(body);
    return Promise.resolve({ id: body.person.nhsNumber !== undefined ? KNOWN : randomUUID() } as T);
  }
}

export async function createReferrals(decided: Override[] = []): Promise<Referrals> {
  const service = await createServiceDatabase('referrals', migrations, { projections: [teamDirectory] });
  await teach(service, [intake, communityTeam, otherIntake, otherTeam], [[communityTeam, nurse]]);
  const people = new PeopleStandIn();
  const facts = new PersonFacts(service.pools.worker, people, 'referrals');
  const boards = new BoardDecisions(new PolicyOverrides(decided), facts, service.database);
  const receiving = new ReceiveReferralHandler(service.database, facts, new Registrations(people), boards);
  const refer: Referrals['refer'] = async (change = {}, context = commandOf(PRACTICE)) => {
    const personId = randomUUID();
    const command = { ...stated, id: randomUUID(), person: { id: personId }, ...change };
    const { body } = await receiving.receive(context, command);
    return { id: String(body['id']), personId };
  };
  return { ...service, boards, receiving, registered: people.registered, refer };
}

const { intakeTeamId, sourceCode, primaryReasonCode, priority, immediateRisk, consent, reason } = request;
export const stated = { intakeTeamId, sourceCode, primaryReasonCode, priority, immediateRisk, consent, reason };

/** Applies to the directory what flow would have published. */
async function teach(service: ServiceDatabase, teams: Team[], members: [Team, string][]): Promise<void> {
  const opened = teams.map(({ id: teamId, ...data }) => ({ type: teamOpened.type, data: { teamId, ...data } }));
  const joined = members.map(([{ id: teamId, organisation }, practitionerId]) => ({
    type: practitionerJoinedTeam.type,
    data: { practitionerId, teamId, organisation },
  }));
  const tx = { query: <R>(text: string, values?: unknown[]) => service.asWorker<R>(text, values) };
  await teamDirectory.apply(tx, [...opened, ...joined] as EventEnvelope[], 'team_directory_1');
}
