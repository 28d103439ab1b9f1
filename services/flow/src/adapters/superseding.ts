import type { NewEvent } from '@homeward/contracts';
import type { Instant } from '@homeward/kernel';
import type { Change, Row } from '@homeward/persistence';
import { evolve, supersede } from '../domain/transfer';
import { movedBy } from './transfer-deadlines';
import { published } from './transfer.publication';
import { endTransfer, toStoredTransfer } from './transfer.repository';
import { insertWorkItem } from './work-item.repository';

/** Ends the open transfers of a person by what happened, in the same write, and tells both teams (DEC-02, DEC-05). */
export function superseding(
  personId: string,
  [transfers, known]: [transfers: Row[], deadlines: Row[]],
  by: 'admission' | 'discharge' | 'death' | undefined,
  what: { occurredAt: Instant; teamId?: string },
  now: Date,
): { changes: Change[]; events: NewEvent[] } {
  const changes: Change[] = [];
  const events: NewEvent[] = [];
  if (by === undefined) return { changes, events };
  for (const { transfer, version } of transfers.map(toStoredTransfer)) {
    // What the team that answers after a discharge has proposed itself goes on.
    if (by === 'discharge' && transfer.from.teamId === what.teamId) continue;
    const { id, episodeId, from, to, proposedAt } = transfer;
    const endedAt = what.occurredAt > proposedAt ? what.occurredAt : proposedAt;
    for (const event of supersede(transfer, by, endedAt)) {
      const asked = {
        personId,
        episodeId,
        kind: 'transfer-superseded' as const,
        subject: `transfer/${id}`,
        openedAt: now,
      };
      changes.push(endTransfer(id, version, 'superseded', endedAt));
      changes.push(...[from, to].map(({ teamId }) => insertWorkItem({ ...asked, teamId })));
      const after = evolve(transfer, event);
      const deadlines = movedBy(personId, after, [event], { known, now });
      changes.push(...deadlines.changes);
      events.push(published(personId, after, event), ...deadlines.events);
    }
  }
  return { changes, events };
}
