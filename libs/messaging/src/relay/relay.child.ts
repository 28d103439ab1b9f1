import { childInput, tell } from '@homeward/testing';
import { Pool, type ClientConfig } from 'pg';
import { openEventLog, type EventLogConfig } from '../log/open-log';
import { commitWhile } from './outbox.fixture';
import { Relay } from './relay';

/** A service as far as the relay sees it: commits events if told to, and relays them. */
const input = childInput<{ worker: ClientConfig; log: EventLogConfig; commits: boolean }>();
const relay = new Relay({ connection: input.worker, log: openEventLog(input.log) });
relay.start();
tell('started');
if (input.commits) {
  void commitWhile(
    new Pool({ ...input.worker, max: 8 }),
    () => true,
    () => relay.nudge(),
  );
}
setInterval(() => tell(relay.snapshot()), 20);
