import type { Move } from '@homeward/deadlines';
import type { Transfer, TransferEvent } from './transfer';

const RESPONSE = 'TRF.response';
/** These have an answer of their own; all others are routine. */
const AT_ONCE = ['emergency', 'very-urgent', 'urgent'];

/**
 * What an event of a transfer, as it is after it, does to its deadlines. The team that was asked has to answer, yes or no;
 * an overdue proposal goes up the ladder and never closes by itself (TRF-07, TIM-16).
 */
export function movesOf({ priority, from, to }: Transfer, event: TransferEvent): Move[] {
  switch (event.type) {
    case 'proposed': {
      const rule = `${RESPONSE}.${AT_ONCE.includes(priority) ? priority : 'routine'}`;
      return [{ move: 'start', rule, startsAt: new Date(event.proposedAt), owner: to, waiting: from }];
    }
    case 'accepted':
      return [{ move: 'done', at: new Date(event.acceptedAt) }];
    case 'declined':
      return [{ move: 'done', at: new Date(event.endedAt) }];
    case 'withdrawn':
      return [{ move: 'not-needed', at: new Date(event.endedAt), because: 'not-needed' }];
    case 'superseded':
      return [
        { move: 'not-needed', at: new Date(event.endedAt), because: event.by === 'death' ? 'died' : 'not-needed' },
      ];
    case 'completed':
      return [];
  }
}
