import { catalogue } from './catalogue';
import type { EventEnvelope } from './envelope';
import type { RelationshipChange } from './event-contract';

export type RelationshipRow = Omit<RelationshipChange, 'subject'> & { source: string; subject: string };

/** What an event changes in who may see its person, as its contract declares. */
export function relationshipsOf(
  event: Pick<EventEnvelope, 'type' | 'source' | 'subject' | 'personid' | 'occurredat' | 'data'>,
): RelationshipRow[] {
  const contract = catalogue.get(event.type);
  if (!contract?.relationships || !event.personid) return [];
  const changes = contract.relationships({ data: event.data, personId: event.personid, occurredAt: event.occurredat });
  return changes.map((change) => ({ ...change, source: event.source, subject: change.subject ?? event.subject }));
}

/** The types whose events open or end a relationship. */
export const relationshipTypes = (): string[] =>
  [...catalogue.values()].filter((contract) => contract.relationships).map((contract) => contract.type);
