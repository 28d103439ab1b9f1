import { Busy, StaleWrite } from './errors';

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const UNIQUE_VIOLATION = '23505';
const EXCLUSION_VIOLATION = '23P01';
const LOCK_NOT_AVAILABLE = '55P03';

export const sqlStateOf = (error: unknown): string | undefined => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
};

/** Worth deciding again from the start: somebody else was there first, and the next attempt will see it. */
export function isRetryable(error: unknown): boolean {
  const state = sqlStateOf(error) ?? '';
  return (
    error instanceof StaleWrite ||
    [SERIALIZATION_FAILURE, DEADLOCK, UNIQUE_VIOLATION, EXCLUSION_VIOLATION].includes(state)
  );
}

/** What the caller is told: a lock that was not free, or was lost too often, may be tried again. */
export function asCaller(error: unknown): unknown {
  const busy =
    error instanceof StaleWrite ||
    [SERIALIZATION_FAILURE, DEADLOCK, LOCK_NOT_AVAILABLE].includes(sqlStateOf(error) ?? '');
  return busy ? new Busy() : error;
}
