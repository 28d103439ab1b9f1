import { AUDIT_HEADS } from '@homeward/audit';
import { relationshipsSubscription } from '@homeward/auth';
import { publishers, topicOf } from '@homeward/contracts';
import {
  ProjectionsReader,
  ReactionsReader,
  type EventLog,
  type ReaderReport,
  type ReaderStatus,
  type StopCode,
} from '@homeward/messaging';
import { createLogger } from '@homeward/observability';
import type { Pools } from '@homeward/persistence';
import type { INestApplicationContext } from '@nestjs/common';
import type { ServiceDefinition } from './service-definition';

const log = createLogger('reader');
/** The log's own client gave up: only a new process helps. */
const LOST: StopCode = 'log-lost';

/** The two readers of a service: one for its projections and other subscriptions, one for its reactions. */
export class Followers {
  private readonly projections: ProjectionsReader;
  private readonly reactions: ReactionsReader;

  constructor(
    definition: ServiceDefinition,
    app: INestApplicationContext,
    eventLog: EventLog,
    pools: Pools,
    onLost: () => void,
  ) {
    const report = (told: ReaderReport): void => {
      tell(told);
      if (told.what === 'stopped' && told.detail === LOST) onLost();
    };
    const options = { service: definition.name, log: eventLog, worker: pools.worker, report };
    const own = relationshipsSubscription(definition.name);
    this.projections = new ProjectionsReader(options, [
      own,
      ...(definition.subscriptions ?? []),
      ...definition.projections,
    ]);
    this.reactions = new ReactionsReader(
      options,
      definition.reactions.map((reaction) => app.get(reaction, { strict: false })),
    );
  }

  async start(): Promise<void> {
    await Promise.all([this.projections.start(), this.reactions.start()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.projections.stop(), this.reactions.stop()]);
  }

  status(): Promise<ReaderStatus[]> {
    return Promise.all([this.projections.status(), this.reactions.status()]);
  }
}

/** Everything that is published anywhere, the service's own, and what is signed: the log is set up as a whole. */
export const topicsFor = (service: string): string[] => [
  ...new Set([service, ...publishers()].map(topicOf)),
  AUDIT_HEADS,
];

function tell({ reader, what, detail, error }: ReaderReport): void {
  const fields = { group: reader, reason: detail, error };
  if (what === 'retrying' || what === 'gap') log.warn(`reader.${what}`, fields);
  else log.error(`reader.${what}`, fields);
}
