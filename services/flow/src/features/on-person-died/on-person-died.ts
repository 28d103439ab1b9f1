import { personDied, type EventEnvelope } from '@homeward/contracts';
import { loadOpenDeadlines } from '@homeward/deadlines';
import { happenedBy, uuidv7 } from '@homeward/kernel';
import { reactionContext, type Reaction } from '@homeward/messaging';
import { Database, Pools, type Decision, type InboxMark, type Row } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { loadCourse, recordFact, toCourse } from '../../adapters/accountability.repository';
import { closedByDeath } from '../../adapters/episode.publication';
import { superseding } from '../../adapters/superseding';
import { loadOpenTransfers } from '../../adapters/transfer.repository';
import { askToNotify, settleWorkItems } from '../../adapters/work-item.repository';
import { evolve, isDeath, type DeathFact } from '../../domain/accountability';

/**
 * A person died, however late it is told: under each of their ids responsibility ends at that instant, open transfers and work items fall silent,
 * and whoever was accountable is asked to notify LeDeR (DEC-05).
 */
@Injectable()
export class OnPersonDied implements Reaction {
  readonly name = 'on-person-died';
  readonly types = [personDied.type];

  constructor(
    private readonly database: Database,
    private readonly pools: Pools,
  ) {}

  async react(event: EventEnvelope, inbox: InboxMark): Promise<void> {
    const ids = await this.idsOf(event);
    const loads = ids.map(({ personId: person }) => [
      ...[loadOpenTransfers({ person }), loadOpenDeadlines([person])],
      ...loadCourse({ person }),
    ]);
    await this.database.write(
      reactionContext('flow', event, 'record-death'),
      { keys: ids.map(({ personId }) => `person/${personId}`) },
      {
        load: loads.flat(),
        decide: (rows, { now }) => {
          const each = loads[0]?.length ?? 0;
          const ended = ids.map((id, nth) => end(id, event, rows.slice(nth * each, (nth + 1) * each), now, nth));
          return {
            changes: ended.flatMap(({ changes }) => changes),
            events: ended.flatMap(({ events }) => events),
            outcome: { status: 200, body: {} },
            audit: { subject: event.subject, personIds: ids.map(({ personId }) => personId) },
          };
        },
      },
      { inbox },
    );
  }

  /**
   * Every id that means the person, each with the id of its own fact. Asked before the write: what was merged before the
   * death stands in front of it on the person's stream.
   */
  private async idsOf({ id, personid = '' }: EventEnvelope): Promise<Id[]> {
    const { rows } = await this.pools.worker.query<{ alias_id: string }>(
      'SELECT alias_id FROM person_alias WHERE survivor_id = $1 ORDER BY alias_id',
      [personid],
    );
    return [
      { personId: personid, factId: id },
      ...rows.map(({ alias_id }) => ({ personId: alias_id, factId: uuidv7() })),
    ];
  }
}

interface Id {
  personId: string;
  factId: string;
}

/** What a death ends under one of the person's ids. */
function end(
  { personId, factId }: Id,
  event: EventEnvelope,
  [transfers = [], deadlines = [], ...course]: Row[][],
  now: Date,
  nth: number,
): Pick<Decision, 'changes' | 'events'> {
  const known = toCourse(course, now);
  const corrected = new Set(known.facts.map(({ corrects }) => corrects));
  const told = known.facts.filter(isDeath).find(({ id }) => !corrected.has(id));
  const death: DeathFact = {
    id: factId,
    kind: 'died',
    occurredAt: happenedBy(event.occurredat, event.time),
    recordedAt: known.recordedAt,
    corrects: event.corrects === undefined ? undefined : told?.id,
  };
  const after = evolve([...known.facts, death]);
  const { diedAt, ranges } = after;
  const last = ranges.at(-1);
  const isNew = diedAt !== evolve(known.facts).diedAt;
  const closing = last && isNew ? { id: uuidv7(), corrects: told?.closingId } : undefined;
  const ended = superseding(personId, [transfers, deadlines], 'death', death, now);
  return {
    changes: [
      ...recordFact(personId, known, { ...death, closingId: closing?.id ?? told?.closingId }, nth),
      ...ended.changes,
      settleWorkItems(personId, now),
      ...askToNotify(personId, after, now),
    ],
    events: [...(last && diedAt && closing ? [closedByDeath(personId, last, diedAt, closing)] : []), ...ended.events],
  };
}
