import { SequenceGap, sqlStateOf, StaleWrite } from '@homeward/persistence';
import { TooEarly } from '../subscription';

/**
 * - `infrastructure`: the database or a neighbour is away or busy; wait and repeat, nothing parks
 * - `too-early`: parks and heals by itself
 * - `gap`: an event came before its predecessor; never applied
 * - `other`: the handler's own failure; the third time it is poison
 */
export type FailureKind = 'infrastructure' | 'too-early' | 'gap' | 'other';

/** Tries of a handler at one event before it is poison. */
export const TRIES = 3;

// 57014, a cancelled statement, is left out: one slow handler would loop for ever. The third time it is poison.
const INFRASTRUCTURE = /^(08|40|53|55|57(?!014)|25P03|25P04)/;
const NETWORK = /^(ECONN|EPIPE$|ETIMEDOUT$|ENOTFOUND$|EAI_|EHOSTUNREACH$|ENETUNREACH$|UND_ERR_)/;
const DRIVER = /timeout exceeded when trying to connect|Connection terminated|not queryable|Client was closed/i;

export function kindOf(error: unknown): FailureKind {
  if (error instanceof TooEarly) return 'too-early';
  if (error instanceof SequenceGap) return 'gap';
  return isInfrastructure(error) ? 'infrastructure' : 'other';
}

function isInfrastructure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.cause instanceof StaleWrite) return false; // its guards do not match what it loaded, try after try
  const code = sqlStateOf(error);
  if (code !== undefined) return INFRASTRUCTURE.test(code) || NETWORK.test(code);
  // `retryAfterSeconds`: a lock was not free, or a neighbouring service did not answer.
  return DRIVER.test(error.message) || 'retryAfterSeconds' in error || isInfrastructure(error.cause);
}

/** A record that nobody can apply: no event, its schema broken, or of a major that this release does not know. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** How the reason of a parked event begins. */
export const TOO_EARLY = 'too-early';
export const BEHIND = 'behind an earlier event of its stream';

/** Whether the handler or the event is at fault, and not only the order in which topics came. */
export const isOwnFailure = (reason: string): boolean => reason !== BEHIND && !reason.startsWith(TOO_EARLY);

/** For a parked row and a status: no message of an unknown error, which may quote what was written. */
export function reasonOf(error: unknown): string {
  if (error instanceof TooEarly) return `${TOO_EARLY}: ${error.message}`;
  if (error instanceof Unreadable) return `poison: ${error.message}`;
  const name = error instanceof Error ? error.name : typeof error;
  return ['poison:', name, sqlStateOf(error)].filter(Boolean).join(' ');
}
