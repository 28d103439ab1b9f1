import { Busy, StaleWrite } from './errors';
import { isStalePlan } from './flush';

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const UNIQUE_VIOLATION = '23505';
const EXCLUSION_VIOLATION = '23P01';
const LOCK_NOT_AVAILABLE = '55P03';
const QUERY_CANCELED = '57014';
const TRANSACTION_TIMEOUT = '25P04';

export const sqlStateOf = (error: unknown): string | undefined => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
};

/** Worth deciding again from the start: somebody else was there first, and the next attempt will see it. */
export function isRetryable(error: unknown): boolean {
  const state = sqlStateOf(error) ?? '';
  return (
    error instanceof StaleWrite ||
    isStalePlan(error) ||
    [SERIALIZATION_FAILURE, DEADLOCK, UNIQUE_VIOLATION, EXCLUSION_VIOLATION].includes(state)
  );
}

/** What a caller is told: what was locked, lost too often or ended for taking too long may be tried again. */
export function asCaller(error: unknown): unknown {
  const states = [SERIALIZATION_FAILURE, DEADLOCK, LOCK_NOT_AVAILABLE, QUERY_CANCELED, TRANSACTION_TIMEOUT];
  const busy = error instanceof StaleWrite || states.includes(sqlStateOf(error) ?? '');
  return busy ? new Busy(1, undefined, { cause: error }) : error;
}

const INFRASTRUCTURE = /^(08|40|53|55|57|58)|^25P0[34]$/;
const CONNECTION = /^E(CONN|PIPE|TIMEDOUT|NOTFOUND|AI_AGAIN|HOST|NET)/;
/** pg gives these no code. */
const MESSAGES =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client (was closed|has encountered a connection error))/;

/** The database or the way to it failed, not the statement: the same work may succeed later, unchanged. */
export function isInfrastructure(error: unknown): boolean {
  const code = sqlStateOf(error);
  if (code !== undefined) return INFRASTRUCTURE.test(code) || CONNECTION.test(code);
  return error instanceof Error && MESSAGES.test(error.message);
}
