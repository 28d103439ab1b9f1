import { v4, v5, v7, validate } from 'uuid';

/** Time-ordered id, for everything but people. */
export const uuidv7 = (): string => v7();

/** Random id, for people: it must not tell when somebody was first registered. */
export const uuidv4 = (): string => v4();

/** The same id for the same parts, for a request that is sent on: what was sent twice is the same twice. */
export const uuidOf = (...parts: string[]): string => v5(JSON.stringify(parts), HOMEWARD);

/** Drawn once; it keeps our names apart from those of others. */
const HOMEWARD = 'b8f7a5e0-6a0b-4b52-9d0e-8f0a6c1d2e3f';

export const isUuid = (text: string): boolean => validate(text);
