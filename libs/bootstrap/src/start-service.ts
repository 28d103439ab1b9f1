import { readSigningKey, Sealer } from '@homeward/audit';
import { PermissionGuard, ServiceToken, TokenVerifier } from '@homeward/auth';
import { DeadlineClock } from '@homeward/deadlines';
import { createHttpApp } from '@homeward/http';
import { systemClock } from '@homeward/kernel';
import { openEventLog, Relay } from '@homeward/messaging';
import { createLogger } from '@homeward/observability';
import {
  checkSchema,
  connectionOf,
  Database,
  forgetAnswersHourly,
  isInfrastructure,
  openPools,
  type Pools,
} from '@homeward/persistence';
import type { FastifyInstance } from 'fastify';
import { Following } from './at-rest.http';
import { checksOf } from './checks';
import type { ServiceConfig } from './config';
import { Followers, topicsFor } from './followers';
import { serveHealth } from './health';
import { measure, serveMetrics } from './measure';
import { Opened } from './opened';
import { patiently } from './patience';
import { watchSegments } from './segments';
import type { ServiceDefinition } from './service-definition';
import { serviceModule } from './service-module';
import { staleProjections } from './stale-projections';

export interface RunningService {
  /** `http://127.0.0.1:8081` */
  url: string;
  /** Finishes what is in hand and closes everything, in order. */
  stop(): Promise<void>;
}

/**
 * Puts a service together, from its database to its address; if any step fails, what was opened is closed again.
 * `onLost`: the log's client has given up for good, and only a new process helps.
 */
export async function startService(
  definition: ServiceDefinition,
  config: ServiceConfig,
  onLost: () => void = () => undefined,
): Promise<RunningService> {
  const opened = new Opened();
  try {
    const url = await start(definition, config, onLost, opened);
    return { url, stop: () => opened.close() };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function start(
  definition: ServiceDefinition,
  config: ServiceConfig,
  onLost: () => void,
  opened: Opened,
): Promise<string> {
  const { service, issuer, audience, secret, simulated } = config;
  const pools = opened.keep('pools', openPools(config.database), (it) => it.end());
  await patiently('the database', () => checkSchema(pools.worker, [...definition.migrations]));
  const log = opened.keep('event log', openEventLog(config.eventLog, warn('log')), (it) => it.close());
  await patiently('the event log', () => log.check(topicsFor(service)));

  const connection = connectionOf(config.database, 'worker');
  const relay = opened.keep('relay', new Relay({ connection, log, onTrouble: warn('relay') }), (it) => it.stop());
  const key = readSigningKey(config.auditKeyFile);
  const sealing = { service, connection, log, key, onTrouble: warn('sealer') };
  const sealer = opened.keep('sealer', new Sealer(sealing), (it) => it.stop());
  const database = new Database({
    service,
    app: pools.app,
    worker: pools.worker,
    clock: systemClock,
    simulated,
    onCommit: () => relay.nudge(),
  });
  const token = new ServiceToken({ issuer, service, keyFile: config.serviceKeyFile });
  const following = new Following();
  const module = serviceModule(definition, {
    config,
    pools,
    database,
    clock: systemClock,
    token: () => token.get(),
    following,
  });
  const app = await createHttpApp(module, {
    service: definition,
    database,
    secret,
    access: new PermissionGuard(new TokenVerifier({ issuer, audience })),
    simulatedClock: simulated ? () => simulatedNow(pools) : undefined,
    staleProjections: staleProjections(pools.app),
  });
  const followers = opened.keep('readers', new Followers(definition, app, log, pools, onLost), (it) => it.stop());
  following.followers = followers;
  opened.keep('http', app, (it) => it.close());

  const server = app.getHttpAdapter().getInstance() as FastifyInstance;
  serveHealth(server, checksOf(pools, followers, config.overrides));
  serveMetrics(server);
  const refuseForeignRoutes = watchSegments(server, [...definition.segments, '_simulation', service]);
  await app.init();
  refuseForeignRoutes();

  relay.start();
  sealer.start();
  if (definition.deadlines) {
    const options = { service, contracts: definition.deadlines, database, worker: pools.worker, clock: systemClock };
    const clock = new DeadlineClock({ ...options, simulated, onTrouble: warn('deadlines') });
    following.deadlines = opened.keep('deadlines', clock, (it) => it.stop());
    clock.start();
  }
  opened.keep('answers', forgetAnswersHourly(pools.worker, warn('answers')), (it) => it.stop());
  await followers.start();
  measure(pools, followers, following.deadlines);
  await app.listen(config.port, config.host);
  return app.getUrl();
}

/** What is tried again, for as long as it takes. Of a network or a server that is away, the message is worth reading. */
function warn(component: string): (error: Error) => void {
  const log = createLogger(component);
  return (error) => {
    const isHarmless = isInfrastructure(error) || error.message.startsWith('kafkajs: ');
    log.warn(`${component}.trouble`, { error, reason: isHarmless ? error.message : undefined });
  };
}

async function simulatedNow(pools: Pools): Promise<Date | undefined> {
  const { rows } = await pools.worker.query<{ now: Date }>('SELECT now FROM simulated_clock');
  return rows[0]?.now;
}
