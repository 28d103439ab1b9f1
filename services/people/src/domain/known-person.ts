import type { Day, Instant } from '@homeward/kernel';
import type { Identity } from './person';

/** When somebody died: the day, and the instant where it is known. */
export interface Died {
  on: Day;
  at: Instant | null;
}

/** A person as the index holds them. */
export interface KnownPerson {
  personId: string;
  version: number;
  identity: Identity;
  /** It is not settled who this is: the number, or number and birth date, are somebody else's as well. */
  provisional: boolean;
  /** False where another is found by the same number and birth date, and for an id that was merged into another. */
  foundByNumber: boolean;
  /** With the event that told it, for a later one to correct. */
  death: (Died & { eventId: string }) | null;
  /** The id that this one was merged into. */
  mergedInto: string | null;
}

export const statusOf = (person: KnownPerson): 'registered' | 'died' | 'merged' =>
  person.mergedInto !== null ? 'merged' : person.death ? 'died' : 'registered';

/** What the index holds of others under the number and birth date of somebody. */
export interface Others {
  haveBoth: boolean;
  haveNumber: boolean;
}

type Standing = Pick<KnownPerson, 'provisional' | 'foundByNumber'>;

/**
 * As for a registration: a number that is somebody else's as well makes a provisional person, for people to settle.
 * Who had the number to themselves before keeps it, whoever else was registered with it since.
 */
export function standingOf(before: KnownPerson, after: Identity, others: Others): Standing {
  const sameNumber = before.identity.nhsNumber === after.nhsNumber;
  const sameBirthDate = before.identity.birthDate === after.birthDate;
  if (!before.provisional && sameNumber && sameBirthDate) return { provisional: false, foundByNumber: true };
  if (after.nhsNumber === null) return { provisional: false, foundByNumber: true };
  if (others.haveBoth) return { provisional: true, foundByNumber: false };
  const keepsNumber = !before.provisional && sameNumber;
  return { provisional: others.haveNumber && !keepsNumber, foundByNumber: true };
}
