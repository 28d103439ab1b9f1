import { ServiceInfo } from '@homeward/bootstrap';
import { systemClock } from '@homeward/kernel';
import { Database, openPools, type Pools } from '@homeward/persistence';
import type { TestService } from '@homeward/testing/service';
import { PeopleKeys } from '../services/people/src/adapters/people-keys';
import { ErasePerson } from '../services/people/src/features/erase-person/erase-person';

/** As `ops erase` has it, in the database of a `people` that runs. */
export function eraserOf({ config }: TestService): { person: ErasePerson; pools: Pools } {
  const pools = openPools(config.database);
  const { service, secret, simulated } = config;
  const database = new Database({ service, app: pools.app, worker: pools.worker, clock: systemClock, simulated });
  const keys = new PeopleKeys(new ServiceInfo(service, secret, simulated).key(service));
  return { person: new ErasePerson(database, pools.worker, keys), pools };
}
