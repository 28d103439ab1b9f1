import type { Change, Decision, Outcome } from '@homeward/persistence';
import { evolve, type Transfer, type TransferEvent } from '../domain/transfer';
import { movedBy, type Clocks } from './transfer-deadlines';
import { published } from './transfer.publication';
import type { StoredTransfer } from './transfer.repository';

/** What was decided on a transfer: `change` takes its row to where it is now. */
export function recorded<T extends Transfer>(
  { transfer, personId, version }: StoredTransfer,
  events: TransferEvent[],
  change: (after: T, version: number) => Change,
  clocks: Clocks,
): Decision & { after: T } {
  const after = events.reduce(evolve, transfer) as T;
  const deadlines = movedBy(personId, after, events, clocks);
  return {
    after,
    changes: [change(after, version), ...deadlines.changes],
    events: [...events.map((event) => published(personId, after, event)), ...deadlines.events],
    outcome: answered(after, version + 1, 200),
    audit: { subject: `transfer/${transfer.id}`, personIds: [personId] },
  };
}

/** What a command on a transfer answers. */
export function answered(transfer: Transfer, version: number, status: 200 | 201): Outcome {
  const self = `/transfers/${transfer.id}`;
  const next = {
    proposed: { accept: `${self}/accept`, decline: `${self}/decline`, withdraw: `${self}/withdraw` },
    accepted: { complete: `${self}/complete`, withdraw: `${self}/withdraw` },
    completed: {},
    superseded: {},
    declined: {},
    withdrawn: {},
  };
  return {
    status,
    body: { id: transfer.id, version, status: transfer.status, links: { self, ...next[transfer.status] } },
    etag: version,
    ...(status === 201 ? { location: self } : {}),
  };
}
