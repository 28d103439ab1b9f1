import type { Row, Statement } from '@homeward/persistence';
import { type BatchReader } from '../reader/batch';
import type { StreamId } from '../reader/incoming';
import { lockInbox, shareReader } from '../reader/inbox';
import { type Active, activeOf, loadInstalled } from '../reader/installed';
import { failureOf } from '../reader/one-by-one';
import { type Connection, inTransaction } from '../transaction';
import type { Redriven } from './parked-events';
import { countEvents, incomingOf, loadEvents, noteReason, unparkUpTo } from './parked-stream';

const AT_ONCE = 200;

/** In transactions of some events each; between two of them the stream is still parked, and the live reader waits behind. */
export async function redriveSubscription(reader: BatchReader, name: string, stream: StreamId): Promise<Redriven> {
  let applied = 0;
  for (;;) {
    const step = await redriveSome(reader, name, stream);
    applied += step.applied;
    if (step.applied === 0 || step.left === 0 || step.reason !== undefined) return { ...step, applied };
  }
}

function redriveSome(reader: BatchReader, name: string, stream: StreamId): Promise<Redriven> {
  const opening: Statement[] = [
    { text: `SELECT set_config('statement_timeout', $1, true)`, values: [String(reader.statementTimeoutMs)] },
    shareReader(reader.name),
    lockInbox(reader.name, [stream]),
    loadInstalled,
    loadEvents(name, stream, AT_ONCE),
  ];
  return inTransaction(reader.worker, opening, async (connection, [, , , installed = [], rows = []]) => {
    const active = activeOf(reader.subscriptions, installed).find(({ subscription }) => subscription.name === name);
    const result = active
      ? await applyParked(connection, active, stream, rows)
      : { applied: 0, left: rows.length, reason: 'the projection is stale: rebuild it' };
    return { closing: [], result };
  });
}

/** Applies parked rows in order, up to the first that fails, and deletes those applied. */
export async function applyParked(
  connection: Connection,
  active: Active,
  stream: StreamId,
  rows: readonly Row[],
): Promise<Redriven> {
  const { name } = active.subscription;
  let applied = 0;
  let reason: string | undefined;
  for (const row of rows) {
    const event = incomingOf(active.subscription, stream, row);
    reason = await failureOf(active, connection, event);
    await connection.send(
      reason === undefined ? unparkUpTo(name, stream, event.sequence) : noteReason(name, event, reason),
    );
    if (reason !== undefined) break;
    applied += 1;
  }
  const [[count] = []] = await connection.send(countEvents(name, stream));
  return { applied, left: Number(count?.['events']), ...(reason === undefined ? {} : { reason }) };
}
