import { ServiceToken } from '@homeward/auth';
import { systemClock } from '@homeward/kernel';
import type { Reaction } from '@homeward/messaging';
import { Database, openPools } from '@homeward/persistence';
import { NestFactory } from '@nestjs/core';
import { readConfig } from './config';
import type { ServiceDefinition } from './service-definition';
import { serviceModule } from './service-module';

/** The reactions of a service without its address and its readers: for an operator who redrives what is parked. */
export async function openReactions(
  definition: ServiceDefinition,
  env: Record<string, string | undefined>,
): Promise<{ reactions: Reaction[]; close(): Promise<void> }> {
  if (definition.reactions.length === 0) return { reactions: [], close: async () => undefined };
  const config = readConfig(definition.name, env);
  const { service, issuer, serviceKeyFile: keyFile, simulated } = config;
  const pools = openPools(config.database);
  const database = new Database({ service, app: pools.app, worker: pools.worker, clock: systemClock, simulated });
  const token = (): Promise<string> => new ServiceToken({ issuer, service, keyFile }).get();
  const module = serviceModule(definition, { config, database, pools, clock: systemClock, token });
  const context = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
  const reactions = definition.reactions.map((reaction) => context.get(reaction, { strict: false }));
  const close = async (): Promise<void> => {
    await context.close();
    await pools.end();
  };
  return { reactions, close };
}
