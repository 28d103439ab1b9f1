import type { BASES } from '@homeward/contracts';
import { DomainError, isDay, NhsNumber, parseOdsCode, type Day } from '@homeward/kernel';
import { addMonths } from './calendar';

export type Basis = (typeof BASES)[number];

/** Why somebody is registered without an NHS number. */
export const ABSENT_REASONS = ['not-known', 'never-issued', 'issued-elsewhere-in-uk', 'said-no'] as const;
export type AbsentReason = (typeof ABSENT_REASONS)[number];

export interface Home {
  lines: string[];
  postcode: string;
  /** The integrated care board that answers for this home. */
  responsibleIcb: string;
  /** Nobody may learn it but who is named for the person (DEC-34). */
  restricted?: boolean;
}

/** Who somebody is, apart from where they live. */
export interface Identity {
  nhsNumber: string | null;
  nhsNumberAbsentReason: AbsentReason | null;
  givenName: string;
  familyName: string;
  birthDate: Day;
  basis: Basis;
}

/** What somebody gives of a person when they register them. */
export interface PersonDetails extends Identity {
  home: Home;
}

/** What the index holds under the number and birth date that were given. */
export type Match =
  | { agrees: 'nothing' }
  | { agrees: 'number-only' }
  | { agrees: 'number-and-birth-date'; personId: string; provisional: boolean };

export interface RegisterPerson {
  registrationId: string;
  /** The id that the person gets, should the index not know them. */
  newPersonId: string;
  organisation: string;
  today: Day;
  details: PersonDetails;
}

export interface PersonRegistered {
  kind: 'person-registered';
  registrationId: string;
  personId: string;
  organisation: string;
  details: PersonDetails;
  /** False when this is one more registration of somebody whom the index knew. */
  newToIndex: boolean;
  /** It is not settled who this is: the number belongs to somebody with another birth date. */
  provisional: boolean;
}

/**
 * Number and birth date agree: that person. Only the number does: a provisional person, for people to settle, because
 * a mistyped number must never open somebody else's record. Else, and without a number: a new person.
 */
export function registerPerson(command: RegisterPerson, match: Match): PersonRegistered {
  const known = match.agrees === 'number-and-birth-date';
  return {
    kind: 'person-registered',
    registrationId: command.registrationId,
    personId: known ? match.personId : command.newPersonId,
    organisation: command.organisation,
    details: checked(command.details, command.today),
    newToIndex: !known,
    provisional: known ? match.provisional : match.agrees === 'number-only',
  };
}

/** Somebody has to settle who this is. */
export const raisesIdentityQuestion = (event: PersonRegistered): boolean => event.newToIndex && event.provisional;

/** What names are compared by: case, accents, spaces, hyphens and apostrophes do not tell people apart. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** The digits alone, as they are stored and looked up; whether they are a number is for the domain to say. */
export const bareNumber = (text: string): string => text.replace(/[ -]/g, '');

const OLDEST_IN_MONTHS = 130 * 12;
const POSTCODE = /^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/;

function checked(details: PersonDetails, today: Day): PersonDetails {
  return { ...checkedIdentity(details, today), home: checkedHome(details.home) };
}

/** In the one form in which they are kept and compared. */
export function checkedIdentity<T extends Identity>(identity: T, today: Day): T {
  const { nhsNumber, nhsNumberAbsentReason, birthDate } = identity;
  if ((nhsNumber === null) === (nhsNumberAbsentReason === null)) {
    throw refusal('nhs-number-or-reason', 'Give the NHS number, or the reason why there is none: one of the two.');
  }
  if (!isDay(birthDate) || birthDate > today || addMonths(birthDate, OLDEST_IN_MONTHS) < today) {
    throw refusal('birth-date-invalid', 'The birth date is a day of the calendar, not in the future: check it.');
  }
  return {
    ...identity,
    nhsNumber: nhsNumber === null ? null : NhsNumber.parse(nhsNumber).value,
    givenName: name(identity.givenName),
    familyName: name(identity.familyName),
  };
}

export const checkedHome = (home: Home): Home => ({
  lines: home.lines.map((line) => line.trim()),
  postcode: postcode(home.postcode),
  responsibleIcb: parseOdsCode(home.responsibleIcb),
  restricted: home.restricted ?? false,
});

function name(text: string): string {
  if (nameKey(text) === '') throw refusal('name-missing', 'A name has at least one letter.');
  return text.trim();
}

function postcode(text: string): string {
  const bare = text.toUpperCase().replace(/\s/g, '');
  const spaced = `${bare.slice(0, -3)} ${bare.slice(-3)}`;
  if (!POSTCODE.test(spaced)) {
    throw refusal('postcode-invalid', 'This is not a postcode; ZZ99 3VZ stands for no fixed abode.');
  }
  return spaced;
}

const refusal = (code: string, message: string): DomainError => new DomainError(code, message, 'rule');
