/** Where a process takes its time from; injected by this class. The domain never reads one: time comes in with the command. */
export abstract class Clock {
  abstract now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
