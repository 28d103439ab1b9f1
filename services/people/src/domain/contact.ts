import { readsAs, type ContactCodes } from '@homeward/contracts';
import { DomainError, type Day, type Instant } from '@homeward/kernel';
import { dueBy, lengthOn } from '@homeward/policy';
import { reachedOn } from './age-milestones';

/** Somebody around a person: who they are, what they act on, and whether they may be told and contacted (DEC-34.contacts). */
export interface NewContact extends Omit<ContactCodes, 'contactId' | 'aliasIds'> {
  name: string;
  telephone: string | null;
  /** In words: by letter, not at work, with an interpreter. */
  howToReach: string | null;
  mayBeContacted: boolean;
  /** The first day on which it does not hold any more. */
  until: Day | null;
}

export interface Contact extends NewContact {
  id: string;
  /** The id of the person under which it was recorded. */
  personId: string;
  /** The others that meant the same person then. */
  aliasIds: string[];
  isEnded: boolean;
}

export interface ContactRecorded {
  kind: 'contact-recorded';
  contact: Contact;
  /** Whom this one takes the place of. */
  ends: Contact[];
}

/** Of whom a contact is recorded, under all of their ids, and whom they have already. */
export interface Whose {
  personId: string;
  aliasIds: string[];
  birthDate: Day;
  hasDied: boolean;
  contacts: readonly Contact[];
}

/** What somebody acts on is decided, so that it may be refused; another advocate takes the place of the one before (DEC-32). */
export function recordContact(
  told: NewContact,
  id: string,
  { personId, aliasIds, birthDate, hasDied, contacts }: Whose,
  today: Day,
): ContactRecorded {
  if (hasDied && readsAs(told) !== null) {
    const message = 'Nobody reads for somebody who died: record them without an account.';
    throw refusal('person-died', message, 'DEC-32');
  }
  if (told.account !== null && [personId, ...aliasIds].includes(told.account)) {
    throw refusal('account-of-the-person', 'This account is the person’s own: a contact signs in with another.');
  }
  if (told.until !== null && told.until <= today) {
    throw refusal('until-passed', 'It ends after today: name a later day, or leave it out.');
  }
  if (told.authority === 'parental-responsibility') parentalResponsibility(told.until, birthDate, today);
  const ends = told.is === 'advocate' ? contacts.filter((one) => one.is === 'advocate' && !one.isEnded) : [];
  return { kind: 'contact-recorded', contact: { ...told, id, personId, aliasIds, isEnded: false }, ends };
}

/** Ended once; whoever comes back is recorded anew. */
export function endContact(contact: Contact, at: Instant, now: Instant): Contact {
  if (at > now) throw refusal('ends-in-future', 'It is ended after it ended: name an instant that has passed.');
  if (contact.isEnded) throw new DomainError('ended-already', 'This contact ended already.');
  return { ...contact, isEnded: true };
}

/**
 * With a death end consent, powers of attorney, deputies and an advocate's task, and with them the right to read (DEC-32).
 * They stay contacts, to be told and helped, who sign in no more. Answers those whom it changes, as they were.
 */
export const whoseRightsEndWithDeath = (contacts: readonly Contact[]): Contact[] =>
  contacts.filter((contact) => !contact.isEnded && readsAs(contact) !== null);

/**
 * It carries no further than 18, and is asked for again in between (DEC-11). Until the first of the birthday's month at the
 * latest: the day goes into an event, and no birth date does (DEC-35). Both limits have one answer, which tells neither.
 */
function parentalResponsibility(until: Day | null, birthDate: Day, today: Day): void {
  const adult = reachedOn(birthDate, '18');
  if (adult <= today) {
    throw refusal('not-of-an-adult', `Nobody has it for an adult: record what is acted on now. ${OTHERS}`, 'DEC-11');
  }
  if (until === null) {
    throw refusal('until-missing', 'Parental responsibility is recorded until a day: name it.', 'DEC-11');
  }
  if (until > dueBy('CONTACT-01', today) || until > `${adult.slice(0, 7)}-01`) {
    const message = `Parental responsibility is recorded for at most ${lengthOn('CONTACT-01', today)}, and until the first day of the month of the 18th birthday: name an earlier day, or record what is acted on from then. ${OTHERS}`;
    throw refusal('until-too-late', message, 'DEC-11');
  }
}

const OTHERS = 'That may be the person’s consent, a power of attorney, or a deputy.';

const refusal = (code: string, message: string, rule?: string): DomainError =>
  new DomainError(code, message, 'rule', rule);
