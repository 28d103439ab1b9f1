import type { CommandContext, Decision } from '@homeward/persistence';
import type { RestrictionDecided } from '../domain/home-restriction';
import type { KnownPerson } from '../domain/known-person';
import { restrictionChange } from './home.repository';
import { keepHistory, personChange } from './known-person.repository';
import { answered } from './person-answer';

/** Nothing is published: what services are told of a person is the same. */
export function restrictionDecided(
  context: CommandContext,
  person: KnownPerson,
  { homes, restricted }: RestrictionDecided,
  at: Date,
): Decision {
  const after = { ...person, version: person.version + 1 };
  const firstDays = homes.map(({ from }) => from);
  return {
    changes: [
      personChange(person, after),
      restrictionChange(person.personId, restricted, firstDays),
      keepHistory(context, person, 'home', { restricted: !restricted, homes: firstDays }, at),
    ],
    events: [],
    ...answered(after),
  };
}
