import { personDied, type EventEnvelope } from '@homeward/contracts';
import type { Reaction } from '@homeward/messaging';
import { Database, type Decision, type InboxMark, type Row } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { loadCourse, recordFact, toCourse } from '../../adapters/accountability.repository';
import { closedByDeath } from '../../adapters/episode.publication';
import { reactionContext } from '../../adapters/reaction-context';
import { superseding } from '../../adapters/superseding';
import { loadOpenTransfers } from '../../adapters/transfer.repository';
import { askToNotify, settleWorkItems } from '../../adapters/work-item.repository';
import { evolve, type AccountabilityFact } from '../../domain/accountability';
import { endsAt } from '../../domain/death';

/**
 * A person died, however late it is told: responsibility ends at that instant, open transfers and work items fall silent,
 * and whoever was accountable is asked to notify LeDeR (DEC-05).
 */
@Injectable()
export class OnPersonDied implements Reaction {
  readonly name = 'on-person-died';
  readonly types = [personDied.type];

  constructor(private readonly database: Database) {}

  async react(event: EventEnvelope, inbox: InboxMark): Promise<void> {
    const personId = event.personid ?? '';
    await this.database.write(
      reactionContext(event, 'record-death'),
      { keys: [`person/${personId}`] },
      {
        load: [loadOpenTransfers({ person: personId }), ...loadCourse({ person: personId })],
        decide: (rows, { now }) => decide(personId, event, rows, now),
      },
      { inbox },
    );
  }
}

function decide(personId: string, event: EventEnvelope, rows: Row[][], now: Date): Decision {
  const [transfers = [], ...course] = rows;
  const known = toCourse(course, now);
  const death: AccountabilityFact = {
    id: event.id,
    kind: 'died',
    occurredAt: endsAt(event.occurredat, event.time),
    recordedAt: known.recordedAt,
    corrects: known.facts.find(({ id }) => id === event.corrects)?.id,
  };
  const after = evolve([...known.facts, death]);
  const { diedAt, ranges } = after;
  const last = ranges.at(-1);
  const isNew = diedAt !== evolve(known.facts).diedAt;
  const ended = superseding(personId, transfers, 'death', death, now);
  return {
    changes: [
      ...recordFact(personId, known, death),
      ...ended.changes,
      settleWorkItems(personId, now),
      ...askToNotify(personId, after, now),
    ],
    events: [
      ...(last && diedAt && isNew ? [closedByDeath(personId, last.episodeId, last, diedAt)] : []),
      ...ended.events,
    ],
    outcome: { status: 200, body: {} },
    audit: { subject: `person/${personId}`, personIds: [personId] },
  };
}
