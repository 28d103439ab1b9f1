import type { DatabaseConfig } from '@homeward/persistence';
import { childInput } from '@homeward/testing';
import { openEventLog, type EventLogConfig } from '../log/open-log';
import { connectWorld, seenProjection } from '../reader/reader.fixture';
import { rebuildProjection } from './rebuild';
import { rebuildOptions } from './rebuild.fixture';

/** A rebuild that takes its time, to be killed. */
const { log, config } = childInput<{ log: EventLogConfig; config: DatabaseConfig }>();
const world = connectWorld(openEventLog(log), log, config);
const projection = seenProjection(async (_, tx) => void (await tx.query('SELECT pg_sleep(1)')));
void rebuildProjection(rebuildOptions(world, [projection]), 'seen');
