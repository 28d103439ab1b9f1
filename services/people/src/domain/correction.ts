import { DomainError, type Day } from '@homeward/kernel';
import { standingOf, type KnownPerson, type Others } from './known-person';
import { checkedIdentity, type Identity } from './person';

/** What was wrong, as it is right. A number takes the place of the reason why there was none, and the other way. */
export type Correction = Partial<Identity>;

export interface PersonCorrected {
  kind: 'person-corrected';
  before: KnownPerson;
  after: KnownPerson;
}

export function correctPerson(
  person: KnownPerson,
  correction: Correction,
  others: Others,
  today: Day,
): PersonCorrected {
  const identity = checkedIdentity({ ...person.identity, ...withNumberOrReason(correction) }, today);
  const after = { ...person, version: person.version + 1, identity, ...standingOf(person, identity, others) };
  if (isUnchanged(person, after)) {
    throw new DomainError('nothing-corrected', 'All of it stands like this already: send what is to change.', 'rule');
  }
  return { kind: 'person-corrected', before: person, after };
}

function withNumberOrReason(correction: Correction): Correction {
  const { nhsNumber, nhsNumberAbsentReason } = correction;
  if (nhsNumber && nhsNumberAbsentReason) return correction;
  if (nhsNumber) return { ...correction, nhsNumberAbsentReason: null };
  if (nhsNumberAbsentReason) return { ...correction, nhsNumber: null };
  return correction;
}

const isUnchanged = (before: KnownPerson, after: KnownPerson): boolean =>
  before.provisional === after.provisional &&
  before.foundByNumber === after.foundByNumber &&
  Object.entries(after.identity).every(([field, value]) => before.identity[field as keyof Identity] === value);
