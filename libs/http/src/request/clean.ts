import { isUuid } from '@homeward/kernel';
import { badRequest } from '../problem/problem';

const DEPTH = 32;
/** Half of a surrogate pair: not text, and no database takes it. */
const BROKEN_TEXT = /\p{Surrogate}|\0/u;

/**
 * What was sent, fit to be worked with: text that the database can hold, at most 32 levels deep, and UUIDs in
 * lower case, because they become keys of streams and one person must have one key.
 */
export function clean(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH) throw badRequest('too-deep', `The body has more than ${DEPTH} levels.`);
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
  const fields = Object.entries(value).map(([name, field]) => [cleanText(name), clean(field, depth + 1)]);
  return Object.fromEntries(fields) as unknown;
}

function cleanText(text: string): string {
  if (BROKEN_TEXT.test(text)) throw badRequest('not-text', 'A text holds a NUL character or half of a surrogate pair.');
  return isUuid(text) ? text.toLowerCase() : text;
}
