import { readDataConfig, type ServiceDefinition } from '@homeward/bootstrap';
import { openEventLog, type RebuildOptions } from '@homeward/messaging';
import { openPools } from '@homeward/persistence';

/** Runs `work` with a service's database and the log, and closes both. */
export async function withService<T>(
  { name, projections }: ServiceDefinition,
  work: (opened: RebuildOptions) => Promise<T>,
): Promise<T> {
  const { database, eventLog } = readDataConfig(name, process.env);
  const pools = openPools(database);
  const log = openEventLog(eventLog);
  try {
    return await work({ config: database, worker: pools.worker, log, projections });
  } finally {
    await log.close();
    await pools.end();
  }
}
