import type { Outcome, Principal } from '@homeward/persistence';
import { caller, commandOf, createServiceDatabase, type ServiceDatabase } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { migrations } from './adapters/migrations';
import { PeopleKeys } from './adapters/people-keys';
import type { NewConsent } from './domain/consent';
import type { NewContact } from './domain/contact';
import type { Correction } from './domain/correction';
import type { NewHome } from './domain/homes';
import type { Died } from './domain/known-person';
import type { NewNeed } from './domain/needs';
import type { PersonDetails } from './domain/person';
import { BeginHome } from './features/begin-home/begin-home';
import { CorrectPerson } from './features/correct-person/correct-person';
import { EndNeed } from './features/end-need/end-need';
import { EndContact } from './features/end-contact/end-contact';
import { LiftHomeRestriction } from './features/lift-home-restriction/lift-home-restriction';
import { MergePerson } from './features/merge-person/merge-person';
import { RecordConsent } from './features/record-consent/record-consent';
import { RecordContact } from './features/record-contact/record-contact';
import { RecordDeath } from './features/record-death/record-death';
import { RecordNeed } from './features/record-need/record-need';
import { RestrictHome } from './features/restrict-home/restrict-home';
import { WithdrawConsent } from './features/withdraw-consent/withdraw-consent';
import { registered } from './registered.fixtures';

export const PRACTICE = caller({ organisation: 'A99001', roles: ['referrer'] });
export const TRUST = caller({ organisation: 'RZ1', roles: ['manager'] });
export const STRANGER = caller({ organisation: 'RZ2', roles: ['manager'] });

export const MOTHER: NewContact = {
  name: 'Jo Example',
  telephone: '01632 960123',
  howToReach: null,
  is: 'parent',
  authority: 'consent',
  mayBeTold: true,
  mayBeContacted: true,
  account: null,
  until: null,
};

/** To the register, decided by the person themself. */
export const YES: NewConsent = {
  ...{ purpose: 'register', scope: [], answer: 'yes', authority: 'person', decidedBy: null, assessment: null },
  ...{ explained: ['easy-read'], supportedBy: null, words: null, on: null, reviewBy: null },
};

export const HOME: NewHome = { from: '2026-01-01', lines: ['2 New Row'], postcode: 'M1 1AA', responsibleIcb: 'QZ2' };

/** The service's database with its commands, and somebody at hand whom the trust supports. */
export async function createPeople() {
  const service = await createServiceDatabase('people', migrations);
  const keys = new PeopleKeys('a key of the tests');
  const { database } = service;
  const relate = (
    personId: string,
    organisation = 'RZ1',
    kind = 'accountable-team',
    holder: string | null = null,
    until: Date | null = null,
  ) =>
    service.asWorker(
      `INSERT INTO relationship (source, person_id, organisation, kind, subject, "from", holder, until)
       VALUES ('/homeward/flow', $1, $2, $3, 'episode/1', now() - interval '1 day', $4, $5)`,
      [personId, organisation, kind, holder, until],
    );
  const known = async (details: Partial<PersonDetails> = {}): Promise<string> => {
    const id = await registered(database, commandOf(PRACTICE), details);
    const { rowCount } = await service.pools.worker.query(
      'SELECT FROM relationship WHERE person_id = $1 AND organisation = $2',
      [id, 'RZ1'],
    );
    if (!rowCount) await relate(id);
    return id;
  };
  const versionOf = async (id: string) =>
    (await service.asWorker<{ version: number }>('SELECT version FROM person WHERE person_id = $1', [id]))[0]?.version;
  return {
    ...service,
    relate,
    /** Registers somebody whom the trust supports. */
    known,
    versionOf,
    correct: async (id: string, correction: Correction, by: Principal = TRUST, ifMatch?: number): Promise<Outcome> =>
      new CorrectPerson(database, keys).correct(
        commandOf(by, { ifMatch: ifMatch ?? (await versionOf(id)) }),
        id,
        correction,
        randomUUID(),
      ),
    beginHome: (id: string, home: Partial<NewHome>, by: Principal = TRUST) =>
      new BeginHome(database).begin(commandOf(by), id, { ...HOME, ...home }),
    /** Answers the id of the contact. */
    recordContact: async (id: string, contact: Partial<NewContact> = {}, by: Principal = TRUST): Promise<string> => {
      const contactId = randomUUID();
      await new RecordContact(database).record(commandOf(by), id, contactId, { ...MOTHER, ...contact });
      return contactId;
    },
    endContact: (id: string, contactId: string, by: Principal = TRUST) =>
      new EndContact(database).end(commandOf(by), id, contactId),
    /** Answers what the route does. */
    recordConsent: (id: string, consent: Partial<NewConsent> = {}, by: Principal = TRUST) =>
      new RecordConsent(database).record(commandOf(by), id, randomUUID(), { ...YES, ...consent }),
    withdrawConsent: (id: string, consentId: string, by: Principal = TRUST) =>
      new WithdrawConsent(database).withdraw(commandOf(by), id, consentId),
    restrictHome: (id: string, from?: string, by: Principal = TRUST) =>
      new RestrictHome(database).restrict(commandOf(by), id, from),
    liftRestriction: (id: string, from: string, by: Principal = TRUST) =>
      new LiftHomeRestriction(database).lift(commandOf(by), id, from),
    recordNeed: (id: string, need: NewNeed, by: Principal = TRUST) =>
      new RecordNeed(database).record(commandOf(by), id, need, randomUUID()),
    endNeed: (id: string, needId: string, by: Principal = TRUST) =>
      new EndNeed(database).end(commandOf(by), id, needId, 'not-needed'),
    recordDeath: (id: string, died: Partial<Died>, by: Principal = TRUST) =>
      new RecordDeath(database).record(commandOf(by), id, { on: '2026-11-20', at: null, ...died }, randomUUID()),
    merge: async (oldId: string, intoId: string, by: Principal = TRUST) =>
      new MergePerson(database).merge(commandOf(by, { ifMatch: await versionOf(oldId) }), oldId, intoId),
    published: (personId: string) =>
      service.asWorker<{ type: string; payload: string; headers: string }>(
        'SELECT type, payload, headers FROM outbox WHERE partitionkey = $1 ORDER BY sequence',
        [`person/${personId}`],
      ),
  };
}

export type People = Awaited<ReturnType<typeof createPeople>> & ServiceDatabase;
