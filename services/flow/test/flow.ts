import {
  referralAccepted,
  referralReceived,
  referralRejected,
  type EventContract,
  type EventEnvelope,
} from '@homeward/contracts';
import { instantOf, uuidv7 } from '@homeward/kernel';
import type { CommandContext, DatabaseOptions, InboxMark, Principal } from '@homeward/persistence';
import { caller, commandOf, createServiceDatabase, type ServiceDatabase } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { Begin1764028800000 } from '../src/adapters/migrations/begin';
import { AddPractitioner } from '../src/features/add-practitioner/add-practitioner';
import { OnReferralAccepted } from '../src/features/on-referral-accepted/on-referral-accepted';
import { OpenTeam } from '../src/features/open-team/open-team';

export interface TestTeam {
  id: string;
  organisation: string;
  /** Somebody in it. */
  nurse: string;
}

/** Flow's handlers on a database of their own, and the events that it hears from others. */
export interface Flow extends ServiceDatabase {
  team(organisation?: string, kind?: 'community' | 'intake' | 'intensive-support'): Promise<TestTeam>;
  /** Runs the reaction on an acceptance, as the reader would. */
  accepted(personId: string, team: TestTeam, at: Date, referralId?: string): Promise<EventEnvelope>;
  react(event: EventEnvelope): Promise<void>;
}

export const RZ1 = 'RZ1';
export const RZ2 = 'RZ2';
export const as = (organisation: string, role = 'team-lead', context: Partial<CommandContext> = {}): CommandContext =>
  commandOf(caller({ organisation, roles: [role] }), context);
export const principalOf = (organisation: string): Principal => caller({ organisation });

export async function createFlow(options: Partial<DatabaseOptions> = {}): Promise<Flow> {
  const service = await createServiceDatabase('flow', [Begin1764028800000], options);
  const openTeam = new OpenTeam(service.database);
  const addPractitioner = new AddPractitioner(service.database);
  const reaction = new OnReferralAccepted(service.database);

  const react = (event: EventEnvelope): Promise<void> => reaction.react(event, markOf(event));
  return {
    ...service,
    react,
    team: async (organisation = RZ1, kind = 'community') => {
      const [id, nurse] = [uuidv7(), randomUUID()];
      const manager = (): CommandContext => as(organisation, 'manager');
      await openTeam.open(manager(), { id, organisation, name: `Team ${kind}`, kind, telephone: '01632 960001' });
      await addPractitioner.add(manager(), id, { id: nurse, name: 'Sam Example', role: 'nurse' });
      return { id, organisation, nurse };
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
  const sequence = (sequences.get(personId) ?? 0n) + 1n;
  sequences.set(personId, sequence);
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

export const received = (personId: string, intake: TestTeam, at: Date, referralId: string): EventEnvelope =>
  eventOf(referralReceived, personId, `referral/${referralId}`, at, {
    ...referralReceived.example,
    referralId,
    intakeOrganisation: intake.organisation,
    intakeTeamId: intake.id,
  });

export const accepted = (personId: string, team: TestTeam, at: Date, referralId: string): EventEnvelope =>
  eventOf(referralAccepted, personId, `referral/${referralId}`, at, {
    ...referralAccepted.example,
    referralId,
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
