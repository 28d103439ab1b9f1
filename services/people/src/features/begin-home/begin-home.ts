import { instantOf, londonDate } from '@homeward/kernel';
import { Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { homeChanges, loadHomes, toHome } from '../../adapters/home.repository';
import { keepHistory, knownPerson, loadPerson, lockPerson, personChange } from '../../adapters/known-person.repository';
import { answered } from '../../adapters/person-answer';
import { factsChanged } from '../../adapters/person.publication';
import { beginHome, isRestricted, type NewHome } from '../../domain/homes';
import { warningsOfHome, warningsOn } from '../../domain/warnings';

@Injectable()
export class BeginHome {
  constructor(private readonly database: Database) {}

  begin(context: CommandContext, id: string, told: NewHome): Promise<Outcome> {
    return this.database.write(context, lockPerson(context.principal, id), {
      load: [loadPerson(id), loadHomes(id)],
      decide: ([people, homes], { now }) => {
        const person = knownPerson(people?.[0]);
        const { personId, version, identity } = person;
        const today = londonDate(now);
        const before = (homes ?? []).map(toHome);
        const event = beginHome(before, told, identity.birthDate, today);
        const after = { ...person, version: version + 1 };
        const { outcome, audit } = answered(after, [
          ...warningsOn(person, told.from),
          ...warningsOfHome(isRestricted(before, told.from < today ? told.from : today), told.restricted),
        ]);
        return {
          changes: [
            personChange(person, after),
            ...homeChanges(personId, event, now),
            keepHistory(context, person, 'home', { home: event.replaces ?? event.shortens }, now),
          ],
          events: [factsChanged(personId, instantOf(now))],
          outcome: { ...outcome, status: 201, location: `/people/${personId}/homes` },
          audit,
        };
      },
    });
  }
}
