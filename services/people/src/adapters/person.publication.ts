import {
  breakGlassOpened,
  breakGlassReviewed,
  needEnded,
  needKindOf,
  needRecorded,
  consentDecided,
  consentWithdrawn,
  contactEnded,
  contactRecorded,
  newEvent,
  personAliasAdded,
  personDied,
  personErased,
  personFactsChanged,
  personMerged,
  personRegistered,
  type BreakGlassOutcome,
  type ErasureReason,
  type NewEvent,
} from '@homeward/contracts';
import type { BreakGlass } from '../domain/break-glass';
import type { Consent } from '../domain/consent';
import type { Contact, ContactRecorded } from '../domain/contact';
import type { PersonDied } from '../domain/death';
import type { PersonsMerged } from '../domain/merge';
import type { NeedDecided } from '../domain/needs';
import type { PersonRegistered } from '../domain/person';

const on = (personId: string, occurredAt: string) => ({
  stream: `person/${personId}`,
  subject: `person/${personId}`,
  personId,
  occurredAt,
});

/** Coded facts only: names, number, birth date and address stay here (DEC-35). */
export const registered = (event: PersonRegistered, occurredAt: string): NewEvent =>
  newEvent(personRegistered, {
    ...on(event.personId, occurredAt),
    data: {
      registrationId: event.registrationId,
      registrarOrganisation: event.organisation,
      provisional: event.provisional,
      basis: event.details.basis,
    },
  });

export const factsChanged = (personId: string, occurredAt: string): NewEvent =>
  newEvent(personFactsChanged, { ...on(personId, occurredAt), data: {} });

export const died = ({ personId, died, corrects }: PersonDied): NewEvent =>
  newEvent(personDied, {
    ...on(personId, died.at ?? died.on),
    id: died.eventId,
    corrects: corrects ?? undefined,
    data: {},
  });

/** The survivor is told of each id that means it from now on, so that nobody has to follow a chain. */
export const merged = ({ old, survivor, earlierAliases }: PersonsMerged, occurredAt: string): NewEvent[] => [
  newEvent(personMerged, { ...on(old.personId, occurredAt), data: { survivorId: survivor.personId } }),
  ...[old.personId, ...earlierAliases].map((aliasId) =>
    newEvent(personAliasAdded, { ...on(survivor.personId, occurredAt), data: { aliasId } }),
  ),
];

/** Codes: what helps in the person's words stays here. */
export function needPublished(personId: string, { need }: NeedDecided, occurredAt: string): NewEvent {
  const about = { ...on(personId, occurredAt), subject: `need/${need.id}` };
  const data = { needId: need.id, kind: needKindOf(need.code), code: need.code, language: need.language };
  if (need.endReason !== null) return newEvent(needEnded, { ...about, data: { ...data, reasonCode: need.endReason } });
  return newEvent(needRecorded, { ...about, data: { ...data, reviewBy: need.reviewBy } });
}

export const erased = (personId: string, aliasIds: string[], reasonCode: ErasureReason, occurredAt: string): NewEvent =>
  newEvent(personErased, { ...on(personId, occurredAt), data: { reasonCode, aliasIds } });

const aLook = ({ id, personId, organisation, practitionerId, aliasIds }: BreakGlass, occurredAt: string) => ({
  about: { ...on(personId, occurredAt), subject: `break-glass/${id}` },
  data: { breakGlassId: id, organisation, practitionerId, aliasIds },
});

export function glassBroken(look: BreakGlass): NewEvent {
  const { about, data } = aLook(look, look.openedAt);
  return newEvent(breakGlassOpened, { ...about, data: { ...data, reasonCode: look.reasonCode, until: look.until } });
}

export function lookReviewed(look: BreakGlass, outcome: BreakGlassOutcome, at: string): NewEvent {
  const { about, data } = aLook(look, at);
  return newEvent(breakGlassReviewed, { ...about, data: { ...data, outcome } });
}

const aContact = ({ id, personId, is, authority, mayBeTold, account, aliasIds }: Contact, occurredAt: string) => ({
  about: { ...on(personId, occurredAt), subject: `contact/${id}` },
  data: { contactId: id, is, authority, mayBeTold, account, aliasIds },
});

export function contactEndedEvent(contact: Contact, occurredAt: string): NewEvent {
  const { about, data } = aContact(contact, occurredAt);
  return newEvent(contactEnded, { ...about, data });
}

/** The advocate before ends in the same write. */
export function contactRecordedEvents({ contact, ends }: ContactRecorded, occurredAt: string): NewEvent[] {
  const { about, data } = aContact(contact, occurredAt);
  return [
    ...ends.map((earlier) => contactEndedEvent(earlier, occurredAt)),
    newEvent(contactRecorded, { ...about, data: { ...data, until: contact.until ?? undefined } }),
  ];
}

/** Which decision, in codes: who decided, until when, and the person's words stay here. */
export function consentPublished(consent: Consent): NewEvent {
  const { id, personId, purpose, answer, authority, withdrawnAt } = consent;
  const about = { ...on(personId, withdrawnAt ?? consent.on), subject: `consent/${id}` };
  const data = { consentId: id, purpose };
  if (withdrawnAt !== null) return newEvent(consentWithdrawn, { ...about, data });
  return newEvent(consentDecided, { ...about, data: { ...data, answer, authority } });
}
