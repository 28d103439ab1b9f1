import { isUuid } from '@homeward/kernel';
import { badRequest } from '../problem/problem';
import { isInstant } from './is-instant';

type Header = string | string[] | undefined;

const WEAK_OR_STRONG = /^(?:W\/)?"(\d{1,15})"$/;

export function idempotencyKeyOf(header: Header): string {
  if (header === undefined) {
    throw badRequest('idempotency-key-missing', 'Send Idempotency-Key: a UUID that you draw once for this command.');
  }
  if (typeof header !== 'string' || !isUuid(header)) {
    throw badRequest('idempotency-key-invalid', 'Idempotency-Key must be a UUID.');
  }
  return header.toLowerCase();
}

/** The version in `W/"3"` (or `"3"`). */
export function versionOf(header: Header): number | undefined {
  if (header === undefined) return undefined;
  const version = typeof header === 'string' ? WEAK_OR_STRONG.exec(header)?.[1] : undefined;
  if (version === undefined) throw badRequest('if-match-invalid', 'If-Match must be an ETag as we give it: W/"3".');
  return Number(version);
}

export function simulatedNowOf(header: Header, simulated: boolean): Date | undefined {
  if (header === undefined) return undefined;
  if (!simulated) throw badRequest('no-simulated-clock', 'This system runs on real time: do not send X-Simulated-Now.');
  if (!isInstant(header)) {
    throw badRequest('simulated-now-invalid', 'X-Simulated-Now must be an instant, such as 2026-11-25T09:00:00Z.');
  }
  return new Date(header);
}
