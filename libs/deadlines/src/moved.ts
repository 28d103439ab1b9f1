import type { DeadlineContracts, NewEvent } from '@homeward/contracts';
import { uuidv7 } from '@homeward/kernel';
import type { Change, Row } from '@homeward/persistence';
import type { Override } from '@homeward/policy';
import { move, type About, type Move } from './domain/deadline';
import { published } from './publication';
import { insertDeadlines, settle, toDeadline } from './repository';

/**
 * What a fact changes in the deadlines of its subject and what is published of it, for the decision that records the fact.
 * `known` are the rows of `loadDeadlines`, loaded by the same command; `decided` what the board of the person's home decided,
 * for a fact that may start a deadline.
 */
export function movedDeadlines(
  contracts: DeadlineContracts,
  about: About,
  known: Row[],
  moves: readonly Move[],
  now: Date,
  decided: readonly Override[] = [],
): { changes: Change[]; events: NewEvent[] } {
  const { started, settled, told } = move(about, known.map(toDeadline), moves, now, uuidv7, decided);
  return {
    changes: [...insertDeadlines(started), ...settle(settled)],
    events: told.map((change) => published(contracts, change)),
  };
}
