import type { EventEnvelope } from '@homeward/contracts';
import type { CommandContext } from '@homeward/persistence';

/** A reaction acts for the service itself; the event is its cause. */
export const reactionContext = (event: EventEnvelope, action: string): CommandContext => ({
  principal: { organisation: 'referrals', sub: 'referrals', teams: [], roles: ['service'], purpose: 'direct-care' },
  role: 'service',
  action,
  route: event.type,
  correlationId: event.correlationid,
  causationId: event.id,
  traceparent: event.traceparent,
});
