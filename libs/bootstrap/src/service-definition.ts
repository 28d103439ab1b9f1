import type { DeadlineContracts } from '@homeward/contracts';
import type { Projection, Reaction, Subscription } from '@homeward/messaging';
import type { Erasable, MigrationClass } from '@homeward/persistence';
import type { Type } from '@nestjs/common';

/** Work about a person that somebody has to end before they are erased, counted by the ids of the person as `$1`. */
export interface StillOpen {
  /** `an episode` */
  what: string;
  /** Answers `rows`. */
  count: string;
}

/** All that makes a service; `services/<name>/src/<name>.module.ts` exports one and `main.ts` runs it. */
export interface ServiceDefinition {
  name: string;
  /** For OpenAPI: what the service is for, in a sentence or two that anyone may read. */
  description: string;
  /** First path segments that are its own; no two services share one. */
  segments: readonly string[];
  /** Controllers and handlers; `Database`, `Pools`, `PersonFacts` can be injected. */
  module: Type<unknown>;
  migrations: readonly MigrationClass[];
  projections: readonly Projection[];
  /** Follow the log without tables of their own; `relationships` comes by itself. */
  subscriptions?: readonly Subscription[];
  /** Of a service that sets deadlines (`deadlineTable` in a migration): it watches them. */
  deadlines?: DeadlineContracts;
  /** What it does not keep of a person who is erased, and rows that say that the person is still supported. */
  erasable: readonly Erasable[];
  stillOpen?: readonly StillOpen[];
  /** Providers of the module. */
  reactions: readonly Type<Reaction>[];
}
