/** Where a process takes its time from. The domain never reads one: time comes in with the command. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
