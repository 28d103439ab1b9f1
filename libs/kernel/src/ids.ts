import { v4, v7, validate } from 'uuid';

/** Time-ordered id, for everything but people. */
export const uuidv7 = (): string => v7();

/** Random id, for people: it must not tell when somebody was first registered. */
export const uuidv4 = (): string => v4();

export const isUuid = (text: string): boolean => validate(text);
