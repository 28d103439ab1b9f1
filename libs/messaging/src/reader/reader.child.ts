import type { DatabaseConfig } from '@homeward/persistence';
import { childInput, tell } from '@homeward/testing';
import { openEventLog, type EventLogConfig } from '../log/open-log';
import { connectWorld, noteEach, seenProjection, startReactions, startReader } from './reader.fixture';

/** A service's readers, slow enough to be killed in the middle. */
const { log, config } = childInput<{ log: EventLogConfig; config: DatabaseConfig }>();
const world = connectWorld(openEventLog(log), log, config);
const projection = seenProjection(async (_, tx) => void (await tx.query('SELECT pg_sleep(0.005)')));
void startReader(world, [projection])
  .then(() => startReactions(world, [noteEach(world)]))
  .then(() => tell('started'));
