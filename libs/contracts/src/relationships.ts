import { catalogue } from './catalogue';
import type { EventEnvelope } from './envelope';
import type { RelationshipChange } from './event-contract';

/** A change with the event that made it: `sequence` tells which of two changes of one person came later. */
export type RelationshipRow = Omit<RelationshipChange, 'subject'> & {
  source: string;
  subject: string;
  sequence: bigint;
};

/** What an event changes in who may see its person, as its contract declares. */
export function relationshipsOf(
  event: Pick<EventEnvelope, 'type' | 'source' | 'subject' | 'sequence' | 'personid' | 'occurredat' | 'data'>,
): RelationshipRow[] {
  const contract = catalogue.get(event.type);
  if (!contract?.relationships || !event.personid) return [];
  const changes = contract.relationships({ data: event.data, personId: event.personid, occurredAt: event.occurredat });
  const { source, sequence } = event;
  return changes.map((change) => ({ ...change, source, sequence, subject: change.subject ?? event.subject }));
}

/** The types whose events open or end a relationship. */
export const relationshipTypes = (): string[] =>
  [...catalogue.values()].filter((contract) => contract.relationships).map((contract) => contract.type);
