import type { Pool } from 'pg';
import { kindOf, reasonOf } from '../reader/failure';
import type { Incoming, StreamId } from '../reader/incoming';
import { lockInbox } from '../reader/inbox';
import { markOf, reactInSpan } from '../reader/react';
import { reactionsReaderName } from '../reader/options';
import { inTransaction } from '../transaction';
import type { Reaction } from '../subscription';
import type { Redriven } from './parked-events';
import { countEvents, incomingOf, loadEvents, noteReason, unparkUpTo } from './parked-stream';

interface ParkedReaction {
  service: string;
  worker: Pool;
  reaction: Reaction;
  stream: StreamId;
}

/** One event at a time: the write that decides on it deletes its parked row. */
export async function redriveReaction(parked: ParkedReaction): Promise<Redriven> {
  for (let applied = 0; ; applied += 1) {
    const event = await first(parked);
    if (!event) return { applied, left: 0 };
    const reason = await reactTo(parked, event);
    if (reason === undefined) continue;
    const { text, values } = countEvents(parked.reaction.name, parked.stream);
    const { rows } = await parked.worker.query<{ events: number }>(text, values);
    return { applied, left: rows[0]?.events ?? 0, reason };
  }
}

async function first({ worker, reaction, stream }: ParkedReaction): Promise<Incoming | undefined> {
  const { text, values } = loadEvents(reaction.name, stream, 1);
  const { rows } = await worker.query<Record<string, unknown>>(text, values);
  return rows[0] && incomingOf(reaction, stream, rows[0]);
}

async function reactTo(parked: ParkedReaction, event: Incoming): Promise<string | undefined> {
  const { service, worker, reaction, stream } = parked;
  const reader = reactionsReaderName(service);
  const name = reaction.name;
  try {
    if (!event.event || event.invalid !== undefined) return await noted(parked, event, `poison: ${event.invalid}`);
    await reactInSpan(reaction, event.event, { ...markOf(reader, name, event), redrive: true });
    // A reaction that had nothing to decide wrote nothing: its row goes all the same.
    await inTransaction(worker, [lockInbox(reader, [stream])], () =>
      Promise.resolve({ closing: [unparkUpTo(name, stream, event.sequence)], result: undefined }),
    );
    return undefined;
  } catch (error) {
    if (kindOf(error) === 'infrastructure') throw error;
    return await noted(parked, event, reasonOf(error));
  }
}

async function noted({ worker, reaction }: ParkedReaction, event: Incoming, reason: string): Promise<string> {
  const { text, values } = noteReason(reaction.name, event, reason);
  await worker.query(text, values);
  return reason;
}
