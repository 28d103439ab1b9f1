import {
  decode,
  personAliasAdded,
  personDied,
  personRegistered,
  referralAccepted,
  referralReceived,
  referralRejected,
  type EventContract,
  type EventEnvelope,
  type TeamKind,
} from '@homeward/contracts';
import { instantOf, uuidv7 } from '@homeward/kernel';
import { BoardDecisions, PeopleClient, PersonFacts } from '@homeward/http';
import {
  NotFound,
  type CommandContext,
  type DatabaseOptions,
  type InboxMark,
  type Principal,
} from '@homeward/persistence';
import { relationshipsSubscription } from '@homeward/auth';
import type { Subscription } from '@homeward/messaging';
import { PolicyOverrides } from '@homeward/policy';
import { caller, commandOf, createServiceDatabase, type ServiceDatabase } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { migrations } from './adapters/migrations';
import { AddPractitioner } from './features/add-practitioner/add-practitioner';
import { OnAliasAdded } from './features/on-alias-added/on-alias-added';
import { OnPersonDied } from './features/on-person-died/on-person-died';
import { OnReferralAccepted } from './features/on-referral-accepted/on-referral-accepted';
import { OnReferralClosed } from './features/on-referral-closed/on-referral-closed';
import { openReferral } from './features/holders/open-referral.projection';
import { deadlineList } from './features/deadlines/deadline-list.projection';
import { journey } from './features/journey/journey.projection';
import { OpenTeam } from './features/open-team/open-team';

export interface TestTeam {
  id: string;
  organisation: string;
  /** Somebody in it. */
  nurse: string;
}

/** Flow's handlers on a database of their own, and the events that it hears from others. */
export interface Flow extends ServiceDatabase {
  people: PeopleStandIn;
  facts: PersonFacts;
  boards: BoardDecisions;
  team(organisation?: string, kind?: TeamKind): Promise<TestTeam>;
  /** Runs the reaction on an acceptance, as the reader would. */
  accepted(personId: string, team: TestTeam, at: Date, referralId?: string): Promise<EventEnvelope>;
  react(event: EventEnvelope): Promise<void>;
  /** Of the person's death, at an instant or on a day. */
  died(personId: string, at: string, told?: Partial<EventEnvelope>): Promise<EventEnvelope>;
  /** Two ids were found to mean one person. */
  merged(survivorId: string, aliasId: string): Promise<void>;
  /** Hands events to the subscriptions of the projections' reader, in one transaction. */
  apply(...events: EventEnvelope[]): Promise<void>;
  /** What flow published about a person, in order, less its deadlines. */
  published(personId: string): Promise<EventEnvelope[]>;
  /** What it published of its deadlines. */
  deadlines(personId: string): Promise<EventEnvelope[]>;
}

const SUBSCRIPTIONS: [subscription: Subscription, schema: string][] = [
  [relationshipsSubscription('flow'), 'public'],
  [openReferral, `open_referral_${openReferral.generation}`],
  [journey, `journey_${journey.generation}`],
  [deadlineList, `deadline_list_${deadlineList.generation}`],
];

export const RZ1 = 'RZ1';
export const RZ2 = 'RZ2';
export const as = (organisation: string, role = 'team-lead', context: Partial<CommandContext> = {}): CommandContext =>
  commandOf(caller({ organisation, roles: [role] }), context);
export const principalOf = (organisation: string): Principal => caller({ organisation });
export const self = (personId: string): CommandContext =>
  commandOf(caller({ organisation: `person/${personId}`, sub: personId, roles: ['person'] }));

export async function createFlow(options: Partial<DatabaseOptions> = {}): Promise<Flow> {
  const service = await createServiceDatabase('flow', migrations, {
    projections: [openReferral, journey, deadlineList],
    ...options,
  });
  const people = new PeopleStandIn();
  const facts = new PersonFacts(service.pools.worker, people, 'flow');
  const openTeam = new OpenTeam(service.database);
  const addPractitioner = new AddPractitioner(service.database);
  const reactions = [
    new OnAliasAdded(service.database),
    new OnReferralAccepted(service.database, service.pools),
    new OnReferralClosed(service.database),
    new OnPersonDied(service.database, service.pools),
  ];

  // The reader raises its row for events that no reaction wants; here the row simply follows.
  const react = async (event: EventEnvelope): Promise<void> => {
    const { reader, source, stream, sequence } = markOf(event);
    await service.asWorker(
      `INSERT INTO inbox VALUES ($1, $2, $3, $4) ON CONFLICT (reader, source, stream)
        DO UPDATE SET last_sequence = greatest(inbox.last_sequence, excluded.last_sequence)`,
      [reader, source, stream, (sequence - 1n).toString()],
    );
    await reactions.find(({ types }) => types.includes(event.type))?.react(event, markOf(event));
  };
  const outbox = async (personId: string, ofDeadlines: boolean): Promise<EventEnvelope[]> => {
    const rows = await service.asWorker<{ headers: string; payload: string }>(
      `SELECT headers, payload FROM outbox WHERE partitionkey = $1 AND (type LIKE '%.deadline.%') = $2 ORDER BY sequence`,
      [`person/${personId}`, ofDeadlines],
    );
    return rows.map(({ headers, payload }) =>
      decode({ headers: JSON.parse(headers) as Record<string, string>, value: payload }),
    );
  };
  return {
    ...service,
    people,
    facts,
    boards: new BoardDecisions(new PolicyOverrides(), facts, service.database),
    react,
    team: async (organisation = RZ1, kind = 'community') => {
      const [id, nurse] = [uuidv7(), randomUUID()];
      const manager = (): CommandContext => as(organisation, 'manager');
      await openTeam.open(manager(), { id, organisation, name: `Team ${kind}`, kind, telephone: '01632 960001' });
      await addPractitioner.add(manager(), id, { id: nurse, name: 'Sam Example', role: 'nurse' });
      return { id, organisation, nurse };
    },
    apply: async (...events) => {
      const client = await service.pools.worker.connect();
      const query = async <R>(text: string, values?: unknown[]) => (await client.query(text, values)).rows as R[];
      try {
        await client.query('BEGIN');
        for (const [subscription, schema] of SUBSCRIPTIONS) {
          const wanted = events.filter(({ type }) => subscription.types.includes(type));
          if (wanted.length > 0) await subscription.apply({ query }, wanted, schema);
        }
        await client.query('COMMIT');
      } finally {
        client.release();
      }
    },
    published: (personId) => outbox(personId, false),
    deadlines: (personId) => outbox(personId, true),
    died: async (personId, at, told = {}) => {
      const now = options.clock?.now() ?? new Date();
      const event = { ...eventOf(personDied, personId, `person/${personId}`, now, {}), occurredat: at, ...told };
      await react(event);
      return event;
    },
    merged: (survivorId, aliasId) => {
      const now = options.clock?.now() ?? new Date();
      return react(eventOf(personAliasAdded, survivorId, `person/${survivorId}`, now, { aliasId }));
    },
    accepted: async (personId, team, at, referralId = uuidv7()) => {
      const event = accepted(personId, team, at, referralId);
      await react(event);
      return event;
    },
  };
}

const sequences = new Map<string, bigint>();

/** Another service's event, the next of the person's stream. */
export function eventOf<D>(
  contract: EventContract<D>,
  personId: string,
  subject: string,
  at: Date,
  data: D,
): EventEnvelope {
  const stream = `${contract.type.split('.')[1]}/${personId}`;
  const sequence = (sequences.get(stream) ?? 0n) + 1n;
  sequences.set(stream, sequence);
  return {
    id: uuidv7(),
    source: `/homeward/${contract.type.split('.')[1]}`,
    type: contract.type,
    subject,
    time: instantOf(at),
    occurredat: instantOf(at),
    partitionkey: `person/${personId}`,
    sequence,
    dataschema: '',
    correlationid: randomUUID(),
    actorrole: 'intake',
    personid: personId,
    data,
  };
}

/** People, as far as flow asks: it knows everybody but nobody's id. */
export const NOBODY = '00000000-0000-4000-8000-000000000000';
class PeopleStandIn extends PeopleClient {
  asked = 0;

  constructor() {
    super({ peopleUrl: 'http://127.0.0.1:1', token: () => Promise.reject(new Error('nobody asks for a token')) });
  }

  override get<T>(path: string): Promise<T> {
    this.asked += 1;
    if (path.includes(NOBODY)) return Promise.reject(new NotFound('person'));
    return Promise.resolve({ basis: 'autism', responsibleIcb: 'QZ1', provisional: false, sequence: '1' } as T);
  }
}

/** From now on the person may ask about themselves. */
export const registered = (personId: string, at: Date): EventEnvelope =>
  eventOf(personRegistered, personId, `person/${personId}`, at, personRegistered.example);

export const received = (personId: string, intake: TestTeam, at: Date, referralId: string): EventEnvelope =>
  eventOf(referralReceived, personId, `referral/${referralId}`, at, {
    ...referralReceived.example,
    referralId,
    intakeOrganisation: intake.organisation,
    intakeTeamId: intake.id,
  });

export const accepted = (
  personId: string,
  team: TestTeam,
  at: Date,
  referralId: string,
  intake?: TestTeam,
): EventEnvelope =>
  eventOf(referralAccepted, personId, `referral/${referralId}`, at, {
    ...referralAccepted.example,
    referralId,
    ...(intake && { intakeOrganisation: intake.organisation, intakeTeamId: intake.id }),
    organisation: team.organisation,
    teamId: team.id,
    coordinatorId: team.nurse,
  });

export const rejected = (personId: string, intake: TestTeam, at: Date, referralId: string): EventEnvelope =>
  eventOf(referralRejected, personId, `referral/${referralId}`, at, {
    ...referralRejected.example,
    referralId,
    intakeOrganisation: intake.organisation,
    intakeTeamId: intake.id,
  });

/** The next referral event of a person; its contract says what is in `data`. */
export const told = <D extends object>(
  contract: EventContract<D>,
  personId: string,
  at: Date,
  data: Partial<D> & { referralId: string },
): EventEnvelope => eventOf(contract, personId, `referral/${data.referralId}`, at, { ...contract.example, ...data });

export const markOf = (event: EventEnvelope): InboxMark => ({
  reader: 'homeward.flow.reactions',
  source: event.source,
  stream: event.partitionkey,
  sequence: event.sequence,
  time: event.time,
});

/** A clock that a suite sets. */
export const setClock = (at: string) => ({
  at: new Date(at),
  now(): Date {
    return this.at;
  },
});
