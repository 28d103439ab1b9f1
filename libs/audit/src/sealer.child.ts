import { openEventLog, type EventLogConfig } from '@homeward/messaging';
import { childInput, tell } from '@homeward/testing';
import type { ClientConfig } from 'pg';
import { readSigningKey } from './heads/signing-key';
import { Sealer } from './sealer/sealer';
import { SERVICE } from './audit.fixture';

/** A service as far as its audit's sealer goes. */
const input = childInput<{ worker: ClientConfig; log: EventLogConfig; keyFile: string }>();
const log = openEventLog(input.log);
const key = readSigningKey(input.keyFile);
new Sealer({ service: SERVICE, connection: input.worker, log, key, signEveryMs: 0 }).start();
tell('started');
