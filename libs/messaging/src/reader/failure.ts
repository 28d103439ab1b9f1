import { BehindParked, isInfrastructure, SequenceGap, sqlStateOf, StaleWrite } from '@homeward/persistence';
import { TooEarly } from '../subscription';

/**
 * - `infrastructure`: the database or a neighbour is away or busy; wait and repeat, nothing parks
 * - `too-early`: parks and heals by itself
 * - `gap`: an event came before its predecessor; never applied
 * - `behind`: an earlier event of its stream is parked; it parks too
 * - `other`: the handler's own failure; the third time it is poison
 */
export type FailureKind = 'infrastructure' | 'too-early' | 'gap' | 'behind' | 'other';

/** Tries of a handler at one event before it is poison. */
export const TRIES = 3;

/** A cancelled statement: one slow handler would loop for ever, so the third time it is poison. */
const CANCELLED = '57014';
/** The transaction was ended; it may have been busy for too long, or the database was. */
const TRANSACTION_ENDED = '25P04';
/** The password was changed under a running process: it says nothing of the event, and a new process reads the new one. */
const NOT_LET_IN = /^28/;
/** `fetch` to a neighbour. */
const NO_ANSWER = /^UND_ERR_/;

export function kindOf(error: unknown): FailureKind {
  if (error instanceof TooEarly) return 'too-early';
  if (error instanceof SequenceGap) return 'gap';
  if (error instanceof BehindParked) return 'behind';
  return isAway(error) ? 'infrastructure' : 'other';
}

/** Infrastructure for whoever only waits; for work that is the same each time, a failure of its own when it repeats. */
export const isOutlasted = (error: unknown): boolean => sqlStateOf(error) === TRANSACTION_ENDED;

function isAway(error: unknown): boolean {
  const code = sqlStateOf(error) ?? '';
  if (code === CANCELLED) return false;
  if (isInfrastructure(error) || NO_ANSWER.test(code) || NOT_LET_IN.test(code)) return true;
  if (typeof error !== 'object' || error === null) return false;
  const cause = 'cause' in error ? error.cause : undefined;
  // Said by what may be tried again: a lock that was not free, a neighbour that did not answer. Guards that never meet
  // what was loaded, and statements that take too long, stay the handler's own.
  if ('retryAfterSeconds' in error) return !(cause instanceof StaleWrite) && sqlStateOf(cause) !== CANCELLED;
  return cause !== undefined && isAway(cause);
}

/** A record that nobody can apply: no event, its schema broken, or of a major that this release does not know. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** How the reason of a parked event begins. */
export const TOO_EARLY = 'too-early';
export const OUTLASTED = `poison: error ${TRANSACTION_ENDED}`;
export const BEHIND = 'behind an earlier event of its stream';

/** How it is told of a record that cannot be read: whoever wrote it is at fault. */
export const NOT_AN_EVENT = 'not an event';

/** How reasons begin that say nothing against the handler: the order in which topics came, a producer's junk. */
export const NOT_ITS_FAULT = [BEHIND, TOO_EARLY, `poison: ${NOT_AN_EVENT}`];

/** Whether the handler may be at fault. */
export const isOwnFailure = (reason: string): boolean => !NOT_ITS_FAULT.some((start) => reason.startsWith(start));

/** For a parked row and a status: no message of an unknown error, which may quote what was written. */
export function reasonOf(error: unknown): string {
  if (error instanceof TooEarly) return `${TOO_EARLY}: ${error.message}`;
  if (error instanceof Unreadable) return `poison: ${error.message}`;
  const name = typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : typeof error;
  return ['poison:', name, sqlStateOf(error)].filter(Boolean).join(' ');
}
