import { isUuid, uuidv7 } from '@homeward/kernel';
import { badRequest } from '../problem/problem';

/** The caller's X-Correlation-ID, or a new one; anything but a UUID is refused and not echoed. */
export function correlationIdOf(header: string | string[] | undefined): string {
  if (header === undefined) return uuidv7();
  if (typeof header !== 'string' || !isUuid(header)) {
    throw badRequest('correlation-id-invalid', 'X-Correlation-ID must be a UUID.');
  }
  return header.toLowerCase();
}
