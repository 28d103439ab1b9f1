import type { Row, Statement } from '@homeward/persistence';
import { MAY_PARK, park, type Parking, recentlyParked } from '../parked/parked-rows';
import { isProjection, type Subscription } from '../subscription';
import { type BatchReader, type BatchResult, eventOf, handle, isBehind, openedBy, opening } from './batch';
import { BEHIND, isOutlasted, isOwnFailure, kindOf, OUTLASTED, reasonOf, TRIES, Unreadable } from './failure';
import { wants } from './followers';
import type { Incoming } from './incoming';
import { raiseInbox } from './inbox';
import { type Active, markStale } from './installed';
import { type Connection, inTransaction } from '../transaction';

/** So many streams of a subscription park that it is the handler that is broken, and not an event. */
export class BrokenHandler extends Error {
  override readonly name = 'BrokenHandler';
}

export interface OneResult extends BatchResult {
  parked: Parking[];
  /** Projections that this event was one too many for. */
  stale: string[];
}

/**
 * Applies one event, each subscription in a savepoint; what fails parks in the same transaction. A projection that
 * fails for stream after stream goes stale instead; another subscription stops its reader (BrokenHandler).
 * `outlasted` counts, over the tries at this event, whose turn it was when the transaction was ended for its length.
 */
export function applyOne(reader: BatchReader, event: Incoming, outlasted: Map<string, number>): Promise<OneResult> {
  return inTransaction(reader.worker, opening(reader, [event]), async (connection, rows) => {
    const { fresh, gaps, parked, active } = openedBy(reader, [event], rows);
    const result: OneResult = { taken: fresh, gaps, parked: [], stale: [] };
    if (fresh.length === 0) return { closing: [], result };
    const closing: Statement[] = [raiseInbox(reader.name, fresh)];
    for (const one of active.filter(({ subscription }) => wants(subscription, event))) {
      const { subscription } = one;
      const behind = isBehind(subscription, event, parked);
      const reason = behind ? BEHIND : await failureUnlessOutlasted(one, connection, event, outlasted);
      if (reason === undefined) continue;
      if (!behind && (await isBroken(connection, subscription, event, reason))) {
        closing.push(markStale(subscription.name));
        result.stale.push(subscription.name);
      } else {
        result.parked.push({ subscription: subscription.name, event, reason });
      }
    }
    if (result.parked.length > 0) closing.push(park(result.parked));
    return { closing, result };
  });
}

/** The connection is gone with the transaction, so the next try begins anew; after the third it is poison, untried. */
async function failureUnlessOutlasted(
  active: Active,
  connection: Connection,
  event: Incoming,
  outlasted: Map<string, number>,
): Promise<string | undefined> {
  const { name } = active.subscription;
  const before = outlasted.get(name) ?? 0;
  if (before >= TRIES) return OUTLASTED;
  try {
    return await failureOf(active, connection, event);
  } catch (error) {
    if (isOutlasted(error)) outlasted.set(name, before + 1);
    throw error;
  }
}

/** Why the event parks for this subscription: too early, or the same failure three times. Infrastructure is thrown. */
export async function failureOf(active: Active, connection: Connection, event: Incoming): Promise<string | undefined> {
  for (let failures = 1; ; failures += 1) {
    const error = await inSavepoint(connection, async () =>
      handle(active.subscription, connection, [eventOf(event)], active.schema),
    );
    if (error === undefined) return undefined;
    const kind = kindOf(error);
    if (kind === 'infrastructure') throw error;
    const isFinal = kind === 'too-early' || error instanceof Unreadable || failures === TRIES;
    if (isFinal) return reasonOf(error);
  }
}

/**
 * The session's limit, counted from now: so much each try has, not all of them together. An error before has stopped the
 * clock (PostgreSQL disables it then), and a running one is only replaced by way of 0.
 */
const RESTART_LIMIT: Statement[] = ['0', 'DEFAULT'].map((limit) => ({
  text: `SET LOCAL transaction_timeout TO ${limit}`,
  values: [],
}));

/** Undoes what a failed `work` wrote, and answers its error. Throws when there is no transaction any more. */
export async function inSavepoint(connection: Connection, work: () => Promise<void>): Promise<unknown> {
  await connection.send(...RESTART_LIMIT, { text: 'SAVEPOINT one', values: [] });
  try {
    await work();
    await connection.query('RELEASE SAVEPOINT one');
    return undefined;
  } catch (error) {
    await connection.query('ROLLBACK TO SAVEPOINT one').catch((gone: unknown) => {
      throw isOutlasted(error) ? error : gone;
    });
    return error ?? new Error('nothing was thrown');
  }
}

async function isBroken(
  connection: Connection,
  subscription: Subscription,
  event: Incoming,
  reason: string,
): Promise<boolean> {
  if (!isOwnFailure(reason)) return false;
  const recent = recentlyParked(subscription.name, event);
  const [row] = await connection.query<Row>(recent.text, recent.values);
  if (Number(row?.['streams']) < MAY_PARK) return false;
  if (!isProjection(subscription)) throw new BrokenHandler(`${subscription.name}: ${reason}`);
  return true;
}
