import { relationshipsOf, relationshipTypes, sourceOf, topicOf } from '@homeward/contracts';
import type { Subscription } from '@homeward/messaging';
import { endRelationships, openRelationships, type Statement } from '@homeward/persistence';

/** The name of the subscription in every service; the policy on `relationship` looks for it among the parked. */
export const RELATIONSHIPS = 'relationships';

/**
 * Keeps who may see whom, as the events of all other services say; those of its own `write()` keeps itself. A person's
 * events of one source come in order, and an event changes only what earlier ones made, so opening before ending is right.
 */
export function relationshipsSubscription(service: string): Subscription {
  return {
    name: RELATIONSHIPS,
    types: relationshipTypes().filter((type) => !type.startsWith(`${topicOf(service)}.`)),
    async apply(tx, events) {
      const changes = events.filter(({ source }) => source !== sourceOf(service)).flatMap(relationshipsOf);
      const run = async ({ text, values }: Statement): Promise<void> => void (await tx.query(text, values));
      const opening = changes.filter(({ change }) => change === 'open');
      const ending = changes.filter(({ change }) => change === 'end');
      if (opening.length > 0) await run(openRelationships(opening));
      if (ending.length > 0) await run(endRelationships(ending));
    },
  };
}
