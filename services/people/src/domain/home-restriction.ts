import { DomainError, type Day } from '@homeward/kernel';
import type { HomeInTime } from './homes';

/** Whether these homes may be learnt is decided otherwise (DEC-34). */
export interface RestrictionDecided {
  kind: 'restriction-decided';
  restricted: boolean;
  /** As they were. */
  homes: HomeInTime[];
}

const lasts = ({ until }: HomeInTime, today: Day): boolean => until === null || today < until;

/** The home that began on a day; without one, that of today and all that follow it. */
export function restrictHomes(homes: readonly HomeInTime[], from: Day | undefined, today: Day): RestrictionDecided {
  const meant = homes.filter((home) => (from === undefined ? lasts(home, today) : home.from === from));
  return decided(meant, true, 'restricted-already', 'It is restricted already.');
}

/** One home at a time, named: to open is never meant by the way. */
export const liftRestriction = (homes: readonly HomeInTime[], from: Day): RestrictionDecided =>
  decided(
    homes.filter((home) => home.from === from),
    false,
    'not-restricted',
    'It is not restricted.',
  );

/** Of two ids that mean one person: where the old one’s home may not be learnt, the survivor’s may not either. */
export const restrictedByMerge = (old: readonly HomeInTime[], survivor: readonly HomeInTime[], today: Day): Day[] =>
  old.some((home) => home.restricted && lasts(home, today))
    ? survivor.filter((home) => !home.restricted && lasts(home, today)).map(({ from }) => from)
    : [];

function decided(meant: HomeInTime[], restricted: boolean, code: string, message: string): RestrictionDecided {
  if (meant.length === 0) throw new DomainError('no-such-home', 'No home of the person begins on that day.', 'rule');
  const homes = meant.filter((home) => home.restricted !== restricted);
  if (homes.length === 0) throw new DomainError(code, message);
  return { kind: 'restriction-decided', restricted, homes };
}
