import { flowDeadlines } from '@homeward/contracts';
import { loadDeadlines, movedDeadlines } from '@homeward/deadlines';
import type { Decision, Row, Statement } from '@homeward/persistence';
import type { Override } from '@homeward/policy';
import type { Transfer, TransferEvent } from '../domain/transfer';
import { movesOf } from '../domain/transfer-deadlines';

/** The rows of its deadlines, and when the fact is told. */
export interface Clocks {
  known: Row[];
  now: Date;
  /** What the board of the person's home decided: of a proposal, which starts a deadline. */
  decided?: readonly Override[];
}

export const loadTransferDeadlines = (id: string): Statement => loadDeadlines(subjectOf(id));

/** What events of a transfer, as it is after them, change in its deadlines; `known` may hold those of others too. */
export function movedBy(
  personId: string,
  transfer: Transfer,
  events: readonly TransferEvent[],
  { known, now, decided }: Clocks,
): Pick<Decision, 'changes' | 'events'> {
  const subject = subjectOf(transfer.id);
  const own = known.filter((row) => row['subject'] === subject);
  const moves = events.flatMap((event) => movesOf(transfer, event));
  return movedDeadlines(flowDeadlines, { personId, subject }, own, moves, now, decided);
}

const subjectOf = (id: string): string => `transfer/${id}`;
