import { systemClock, uuidv4 } from '@homeward/kernel';
import { childInput, tell } from '@homeward/testing';
import { Database } from '../database';
import { openPools, type DatabaseConfig } from '../pools';
import { addOneTo, SERVICE, streamOf, withKey } from './notebook.fixture';

/** A process of its own that writes as fast as it can, and says which keys were answered, until it is killed. */
const { config, people } = childInput<{ config: DatabaseConfig; people: string[] }>();
const database = new Database({ service: SERVICE, ...openPools(config), clock: systemClock });

async function writeForEver(writer: number): Promise<void> {
  for (let n = writer; ; n += 1) {
    const touched = people.filter((_, i) => i % 3 === n % 3);
    const key = uuidv4();
    await database.write(withKey(key), streamOf(...touched), addOneTo(touched));
    tell(key);
  }
}

void Promise.all([0, 1, 2, 3, 4, 5].map(writeForEver));
