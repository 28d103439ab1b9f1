import type { EventEnvelope } from '@homeward/contracts';
import { ownPrincipal, type CommandContext } from '@homeward/persistence';

/** A reaction acts for its service itself; the event is its cause. */
export const reactionContext = (service: string, event: EventEnvelope, action: string): CommandContext => ({
  principal: ownPrincipal(service),
  role: 'service',
  action,
  route: event.type,
  correlationId: event.correlationid,
  causationId: event.id,
  traceparent: event.traceparent,
});
