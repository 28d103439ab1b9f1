import type { NewEvent } from '@homeward/contracts';
import { PreconditionFailed, PreconditionRequired } from './errors';
import type { CommandContext } from './context';
import type { Row, Statement } from './flush';

/** What a command answers; kept with the idempotency key. No personal data. */
export interface Outcome {
  status: number;
  body: Record<string, unknown>;
  /** The version, for `ETag`. */
  etag?: number;
  location?: string;
  /** True when this is the first answer, given again. */
  replay?: boolean;
}

/**
 * One INSERT, UPDATE or DELETE that ends in RETURNING. It writes what was decided on the loaded rows, so it
 * says how many rows it must meet (1 unless given); any other number rolls everything back. An INSERT of VALUES meets its own.
 */
export interface Change extends Statement {
  rows?: number | 'any';
  /** Lets a later change of the same decision read from it (`FROM name`): that alone makes it run after this one. */
  name?: string;
}

export interface Decision {
  changes: Change[];
  events: NewEvent[];
  outcome: Outcome;
  audit: { subject: string; personIds: string[] };
}

/** The time of a command. */
export interface DecisionTime {
  now: Date;
}

export interface Work {
  /** Read after the streams are locked, each with a snapshot of its own. */
  load?: Statement[];
  /** Decides in memory, pure: nothing is sent meanwhile. Throws DomainError to refuse. */
  decide(rows: Row[][], at: DecisionTime): Decision;
}

/**
 * Which streams a command is about: their keys, or a SELECT of one column `key` from an immutable column. It sees what
 * the caller may see, so no row is 404, also for a replay whose caller may see the person no more.
 */
export type StreamLock = { keys: string[] } | { select: Statement; what: string };

/** The event that a reaction answers: taken once, in the transaction of what it decides. */
export interface InboxMark {
  reader: string;
  source: string;
  stream: string;
  sequence: bigint;
  /** The event's `time`: on a simulated clock a reaction does not act before its cause. */
  time: string;
  /** Whose decision it is: while an earlier event of the stream is parked for it, this one is BehindParked. */
  reaction?: string;
  /** A parked event applied again: the reaction's parked row is deleted instead of the sequence being raised. */
  redrive?: boolean;
  /** Set by `write()` when the event is taken, now or before. */
  taken?: boolean;
}

/** The answer of `write()` for an event that was taken already. */
export const ALREADY_TAKEN = 208;

/** 428 without If-Match, 412 when it names another version than the loaded one. */
export function checkVersion(context: CommandContext, version: number): void {
  if (context.ifMatch === undefined) throw new PreconditionRequired();
  if (context.ifMatch !== version) throw new PreconditionFailed(version);
}
