import { DomainError, isDay, type Day } from '@homeward/kernel';
import { dueBy, lengthOn } from '@homeward/policy';
import { checkedHome, type Home } from './person';

/** Where somebody lives from a day on, until the day on which the next home begins. */
export interface HomeInTime extends Home {
  from: Day;
  /** Not one of its days; null: until a next one is known. */
  until: Day | null;
  restricted: boolean;
}

/** One home begins; another ends earlier for it, or was told of the same day and is replaced. */
export interface HomeBegan {
  kind: 'home-began';
  home: HomeInTime;
  replaces: HomeInTime | null;
  shortens: HomeInTime | null;
}

/** Not said whether it is restricted: as the homes that it follows. */
export interface NewHome extends Home {
  from: Day;
}

/**
 * Each home holds from its first day until the next one begins, however late and in whatever order they are told. Of
 * two told of the same day the later one stands.
 */
export function beginHome(homes: readonly HomeInTime[], told: NewHome, birthDate: Day, today: Day): HomeBegan {
  const { from } = told;
  if (!isDay(from) || from < birthDate) {
    throw new DomainError('home-from-invalid', 'It begins on a day of the calendar, not before the birth.', 'rule');
  }
  if (from > dueBy('HOME-01', today)) {
    const message = `A home is recorded at most ${lengthOn('HOME-01', today)} before it begins.`;
    throw new DomainError('home-too-far-ahead', message, 'rule');
  }
  const lasting = homes.find((home) => home.from <= from && (home.until === null || from < home.until));
  const replaces = lasting?.from === from ? lasting : null;
  const restricted = told.restricted ?? isRestricted(homes, from < today ? from : today);
  const next = homes
    .map((home) => home.from)
    .filter((day) => day > from)
    .sort()[0];
  return {
    kind: 'home-began',
    home: { ...checkedHome({ ...told, restricted }), from, until: next ?? null, restricted },
    replaces,
    shortens: replaces ? null : (lasting ?? null),
  };
}

/** Whether a home is restricted that did not end by then: a new one is too, unless somebody says that it is not. */
export const isRestricted = (homes: readonly HomeInTime[], day: Day): boolean =>
  homes.some(({ restricted, until }) => restricted && (until === null || day < until));

/** The homes afterwards, in order. */
export function evolveHomes(homes: readonly HomeInTime[], { home, replaces, shortens }: HomeBegan): HomeInTime[] {
  const others = homes
    .filter(({ from }) => from !== replaces?.from)
    .map((other) => (other.from === shortens?.from ? { ...other, until: home.from } : other));
  return [...others, home].sort((a, b) => (a.from < b.from ? -1 : 1));
}
