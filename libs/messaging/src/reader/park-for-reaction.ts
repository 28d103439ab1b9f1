import type { Row } from '@homeward/persistence';
import type { Pool } from 'pg';
import { loadParked, MAY_PARK, park, recentlyParked } from '../parked/parked-rows';
import { BEHIND, isOwnFailure } from './failure';
import type { Incoming } from './incoming';
import { lockInbox, raiseInbox, takenOf, takeNext } from './inbox';
import { BrokenHandler } from './one-by-one';
import { inTransaction } from '../transaction';

export type ParkOutcome = 'parked' | 'not-next' | 'no-longer-behind';

/**
 * Parks an event and raises its row, in one transaction; behind another of its stream if there is one, whatever ails it.
 * Throws BrokenHandler when it would be one too many.
 */
export function parkForReaction(
  worker: Pool,
  reader: string,
  reaction: string,
  event: Incoming,
  reason: string,
): Promise<ParkOutcome> {
  const opening = [lockInbox(reader, [event]), loadParked([reaction], [event]), recentlyParked(reaction, event)];
  return inTransaction<ParkOutcome>(worker, opening, (_, [locked = [], parked = [], recent = []]) => {
    const { fresh } = takeNext([event], takenOf(locked));
    if (fresh.length === 0) return nothing('not-next'); // taken before, or behind a gap
    if (reason === BEHIND && parked.length === 0) return nothing('no-longer-behind'); // a redrive was faster
    const why = parked.length > 0 ? BEHIND : reason;
    if (isOwnFailure(why) && streams(recent) >= MAY_PARK) throw new BrokenHandler(`${reaction}: ${why}`);
    return Promise.resolve({
      closing: [park([{ subscription: reaction, event, reason: why }]), raiseInbox(reader, fresh)],
      result: 'parked' as const,
    });
  });
}

const nothing = (result: ParkOutcome) => Promise.resolve({ closing: [], result });

const streams = ([row]: Row[]): number => Number(row?.['streams'] ?? 0);
