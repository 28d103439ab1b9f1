import type { EventEnvelope } from '@homeward/contracts';
import type { InboxMark, Row } from '@homeward/persistence';

/** The transaction that a batch is applied in. */
export interface Tx {
  query<R = Row>(text: string, values?: unknown[]): Promise<R[]>;
}

/**
 * Something that follows the log in the projections' reader. `apply` gets events of the types it wants, each stream's in
 * order, writes set-based SQL into its own tables, publishes nothing, calls nobody, reads no clock, counts nothing.
 */
export interface Subscription {
  name: string;
  types: readonly string[];
  apply(tx: Tx, events: EventEnvelope[], schema: string): Promise<void>;
}

/**
 * A subscription whose tables are a function of the log and can be rebuilt. They live in the schema
 * `<name>_<generation>` (given to `apply`, `-` becomes `_`); requests read them through views of the same names in
 * `public`. A change of what it makes, or of the types it takes, raises `generation`.
 */
export interface Projection extends Subscription {
  generation: number;
  tables: readonly string[];
  /** Tables with policies, FORCE and grants, as SQL run by the owner with `schema` existing and empty. */
  create(schema: string): string[];
}

export const isProjection = (subscription: Subscription): subscription is Projection => 'generation' in subscription;

/** Decides on one event through `write(…, { inbox })`, in one transaction with its inbox row. Never replayed. */
export interface Reaction {
  name: string;
  types: readonly string[];
  react(event: EventEnvelope, inbox: InboxMark): Promise<void>;
}

/** Topics are not ordered with each other: what this event leans on has not come yet. Parks and heals by itself. */
export class TooEarly extends Error {
  override readonly name = 'TooEarly';
}

/** Thrown from a reaction's decision: `throw tooEarly('the team')`. `what` names a kind of thing, never a person. */
export const tooEarly = (what: string): TooEarly => new TooEarly(`${what} is not known here yet`);
