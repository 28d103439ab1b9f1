/** Nothing is there, or nothing that this caller may know of: the answer is the same. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
  readonly code = 'not-found';
  constructor(readonly what: string) {
    super(`No such ${what}, or not one that you may see.`);
  }
}

/** There was somebody, and nothing of them is kept any more. Only for who could read them until then. */
export class Erased extends Error {
  override readonly name = 'Erased';
  readonly code = 'erased';
  constructor(readonly what: string) {
    super(`This ${what} was erased: who it was is not kept any more.`);
  }
}

export class PreconditionRequired extends Error {
  override readonly name = 'PreconditionRequired';
  readonly code = 'precondition-required';
  constructor() {
    super('Send If-Match with the ETag that you last read.');
  }
}

export class PreconditionFailed extends Error {
  override readonly name = 'PreconditionFailed';
  readonly code = 'precondition-failed';
  constructor(readonly current: number) {
    super('It has changed since you read it: read it again, then decide.');
  }
}

export class IdempotencyMismatch extends Error {
  override readonly name = 'IdempotencyMismatch';
  readonly code = 'idempotency-mismatch';
  constructor() {
    super('This Idempotency-Key was used for another request: draw a new one.');
  }
}

/** An earlier event of the stream is parked for the reaction: nothing was decided, the reader parks this one behind it. */
export class BehindParked extends Error {
  override readonly name = 'BehindParked';
}

/** Something that is needed was not free in time; nothing was done and the same request may be sent again. */
export class Busy extends Error {
  override readonly name = 'Busy';
  readonly code = 'busy';
  constructor(
    readonly retryAfterSeconds = 1,
    message = 'Somebody else is changing this just now: try again.',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The simulated clock only goes forward. */
export class ClockBehind extends Error {
  override readonly name = 'ClockBehind';
  readonly code = 'clock-behind';
  constructor() {
    super('X-Simulated-Now lies before the simulated clock, which only goes forward.');
  }
}

/** A guarded change met other rows than it was decided on; retried from the start. */
export class StaleWrite extends Error {
  override readonly name = 'StaleWrite';
}

/** An event came to a reaction before the one that precedes it on its stream. */
export class SequenceGap extends Error {
  override readonly name = 'SequenceGap';
}
