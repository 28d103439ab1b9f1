import type { EventEnvelope } from '@homeward/contracts';
import { withSpan } from '@homeward/observability';
import type { InboxMark } from '@homeward/persistence';
import type { Reaction } from '../subscription';
import type { Incoming } from './incoming';

/** What a reaction hands to `write()`. */
export const markOf = (reader: string, reaction: string, { source, stream, sequence, event }: Incoming): InboxMark => ({
  reader,
  reaction,
  source,
  stream,
  sequence,
  time: event?.time ?? '',
});

/** In the trace of the event. */
export const reactInSpan = (reaction: Reaction, event: EventEnvelope, mark: InboxMark): Promise<void> =>
  withSpan(`react ${reaction.name}`, { causes: [event.traceparent], kind: 'CONSUMER' }, () =>
    reaction.react(event, mark),
  );
