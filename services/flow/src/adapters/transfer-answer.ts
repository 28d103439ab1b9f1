import type { Outcome } from '@homeward/persistence';
import type { Transfer } from '../domain/transfer';

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
