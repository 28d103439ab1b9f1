import { DomainError, isDay, type Day, type Instant } from '@homeward/kernel';
import type { Died, KnownPerson } from './known-person';

export interface PersonDied {
  kind: 'person-died';
  personId: string;
  died: Died & { eventId: string };
  /** The event that told it otherwise before. */
  corrects: string | null;
}

/** A fact, from any state and however late (DEC-01, DEC-05). Told again as it stands it is nothing new: null. */
export function recordDeath(
  person: KnownPerson,
  told: Died,
  eventId: string,
  now: Instant,
  today: Day,
): PersonDied | null {
  if (!isDay(told.on) || told.on > today || (told.at !== null && told.at > now)) {
    throw new DomainError('death-in-future', 'A death is recorded after it happened.', 'rule');
  }
  const { death, personId } = person;
  if (death && death.on === told.on && death.at === told.at) return null;
  return { kind: 'person-died', personId, died: { ...told, eventId }, corrects: death?.eventId ?? null };
}

export const evolveDeath = (person: KnownPerson, { died }: PersonDied): KnownPerson => ({
  ...person,
  version: person.version + 1,
  death: died,
});
