import { newEvent, personRegistered, type NewEvent } from '@homeward/contracts';
import type { PersonRegistered } from '../domain/person';

/** Coded facts only: names, number, birth date and address stay here (DEC-35). */
export const published = (event: PersonRegistered, occurredAt: string): NewEvent =>
  newEvent(personRegistered, {
    stream: `person/${event.personId}`,
    subject: `person/${event.personId}`,
    personId: event.personId,
    occurredAt,
    data: {
      registrationId: event.registrationId,
      registrarOrganisation: event.organisation,
      provisional: event.provisional,
      basis: event.details.basis,
    },
  });
