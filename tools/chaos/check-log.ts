import { decode, topicOf, validateProduced, type EventEnvelope } from '@homeward/contracts';
import type { EventLog } from '@homeward/messaging';
import type { Accepted, CommandKind } from './journal';

export interface Seen {
  /** First occurrences, each stream's in the order of the log. */
  events: EventEnvelope[];
  /** Records that were there before, which the log is allowed. */
  repeats: number;
  violations: string[];
}

/** Reads every topic whole: each stream's sequence must begin at 1 and first occur without a gap and in order. */
export async function firstOccurrences(log: EventLog, services: string[]): Promise<Seen> {
  const seen: Seen = { events: [], repeats: 0, violations: [] };
  const ids = new Map<string, string[]>();
  for (const service of services) {
    await log.readAll(topicOf(service), (records) => {
      for (const { headers, value } of records) note(seen, ids, decode({ headers, value }));
      return Promise.resolve();
    });
  }
  return seen;
}

function note(seen: Seen, streams: Map<string, string[]>, event: EventEnvelope): void {
  const stream = `${event.source} ${event.partitionkey}`;
  const ids = streams.get(stream) ?? [];
  streams.set(stream, ids);
  const place = Number(event.sequence) - 1;
  if (place < ids.length) {
    seen.repeats += 1;
    if (ids[place] !== event.id) seen.violations.push(`${stream} has two events of sequence ${event.sequence}`);
    return;
  }
  if (place > ids.length) seen.violations.push(`${stream}: ${event.sequence} came after ${ids.length}`);
  ids[place] = event.id;
  seen.events.push(event);
  const wrong = validateProduced(event.type, event.data);
  if (wrong.length > 0) seen.violations.push(`${event.type} ${event.id} does not keep its schema: ${wrong.join('; ')}`);
}

const PUBLISHES: Record<CommandKind, string[]> = {
  'open-team': ['homeward.flow.team.opened.v1', 'homeward.flow.practitioner.joined-team.v1'],
  'register-person': ['homeward.people.person.registered.v1'],
  'receive-referral': ['homeward.referrals.referral.received.v1'],
  'accept-referral': ['homeward.referrals.referral.accepted.v1'],
  'reject-referral': ['homeward.referrals.referral.rejected.v1'],
  'propose-transfer': ['homeward.flow.transfer.proposed.v1'],
  'accept-transfer': ['homeward.flow.transfer.accepted.v1'],
  'complete-transfer': ['homeward.flow.transfer.completed.v1'],
};

/** Every accepted command has its event, once; and each acceptance one effect in flow. */
export function checkJournal(journal: Accepted[], events: EventEnvelope[]): string[] {
  const byCorrelation = new Map<string, EventEnvelope[]>();
  for (const event of events) {
    byCorrelation.set(event.correlationid, [...(byCorrelation.get(event.correlationid) ?? []), event]);
  }
  const violations: string[] = [];
  for (const { kind, correlationId } of journal) {
    const own = byCorrelation.get(correlationId) ?? [];
    const published = own.filter(({ type }) => PUBLISHES[kind].includes(type)).length;
    if (published !== 1) violations.push(`${kind} ${correlationId} was accepted and has ${published} events`);
    const effects = own.filter(({ type }) => /flow\.episode\.(opened|team-joined)/.test(type)).length;
    if (kind === 'accept-referral' && effects !== 1) {
      violations.push(`${kind} ${correlationId} had ${effects} effects in flow`);
    }
  }
  return violations;
}
