import { instantOf, londonDate } from '@homeward/kernel';
import { Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { PeopleKeys } from '../../adapters/people-keys';
import { registered } from '../../adapters/person.publication';
import { changesOf, loadMatch, lockIdentity, matched } from '../../adapters/person.repository';
import { bareNumber, registerPerson, type PersonDetails } from '../../domain/person';

export interface Registration {
  /** Names the request: the same one twice is one registration. */
  requestId: string;
  registrationId: string;
  newPersonId: string;
  /** Who gave this; the caller, or whom the caller acts for. */
  organisation: string;
  details: PersonDetails;
}

@Injectable()
export class RegisterPerson {
  constructor(
    private readonly database: Database,
    private readonly keys: PeopleKeys,
  ) {}

  /** Answers alike, by the same statements, whether the person was known or not. */
  register(context: CommandContext, registration: Registration): Promise<Outcome> {
    const { requestId, newPersonId, details } = registration;
    const nhsNumber = details.nhsNumber === null ? null : bareNumber(details.nhsNumber);
    const lock = this.keys.lockOf(nhsNumber, requestId);
    const sought = { lock, nhsNumber, birthDate: details.birthDate, newPersonId };
    return this.database.write(context, lockIdentity(sought), {
      load: [loadMatch(sought)],
      decide: ([match], { now }) => {
        const event = registerPerson({ ...registration, today: londonDate(now) }, matched(match?.[0]));
        const { personId } = event;
        return {
          changes: changesOf(event, now),
          events: [registered(event, instantOf(now))],
          outcome: {
            status: 201,
            body: { id: personId, links: { self: `/people/${personId}` } },
            location: `/people/${personId}`,
          },
          audit: { subject: `registration/${event.registrationId}`, personIds: [personId] },
        };
      },
    });
  }
}
