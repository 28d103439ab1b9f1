import { personDied, referralsDeadlines, type EventEnvelope } from '@homeward/contracts';
import { loadOpenDeadlines, movedDeadlines } from '@homeward/deadlines';
import { happenedBy, uuidv7 } from '@homeward/kernel';
import { reactionContext, type Reaction } from '@homeward/messaging';
import { Database, Pools, type Decision, type InboxMark, type Row } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { recorded } from '../../adapters/referral.decision';
import { loadOpenReferrals, loadReferralsClosedByDeath } from '../../adapters/referral.repository';
import { toReferral, type ReferralRow } from '../../adapters/referral.row';
import { closeAsDied, correctDied } from '../../domain/closing';
import type { Referral } from '../../domain/referral';

/** A person died, however late it is told: nobody waits for an answer any more, under none of their ids (DEC-05). Told otherwise, it moves what it closed. */
@Injectable()
export class OnPersonDied implements Reaction {
  readonly name = 'on-person-died';
  readonly types = [personDied.type];

  constructor(
    private readonly database: Database,
    private readonly pools: Pools,
  ) {}

  async react(event: EventEnvelope, inbox: InboxMark): Promise<void> {
    const personIds = await this.idsOf(event.personid ?? '');
    const context = reactionContext('referrals', event, 'close-referrals');
    await this.database.write(
      context,
      { keys: personIds.map((id) => `person/${id}`) },
      {
        load: [
          loadOpenDeadlines(personIds),
          loadOpenReferrals(personIds),
          ...(event.corrects === undefined ? [] : [loadReferralsClosedByDeath(personIds)]),
        ],
        decide: (rows, { now }) => decide(event, personIds, rows, context.principal.organisation, now),
      },
      { inbox },
    );
  }

  /** Asked before the write: what was merged before the death stands in front of it on the person's stream. */
  private async idsOf(personId: string): Promise<string[]> {
    const { rows } = await this.pools.worker.query<{ alias_id: string }>(
      'SELECT alias_id FROM person_alias WHERE survivor_id = $1',
      [personId],
    );
    return [personId, ...rows.map(({ alias_id }) => alias_id)];
  }
}

function decide(
  event: EventEnvelope,
  personIds: string[],
  [deadlines = [], ...rows]: Row[][],
  organisation: string,
  now: Date,
): Decision {
  const diedAt = new Date(happenedBy(event.occurredat, event.time));
  const [open = [], closedBefore = []] = rows.map((each) => (each as unknown as ReferralRow[]).map(toReferral));
  const closed = [
    ...open.map((referral) => ({ referral, events: closeAsDied(referral, diedAt, uuidv7()) })),
    ...closedBefore.map((referral) => ({ referral, events: correctDied(referral, diedAt, uuidv7()) })),
  ].flatMap(({ referral, events }) =>
    events.length > 0 ? [recorded(referral, events, organisation, {}, { known: of(referral, deadlines), now })] : [],
  );
  const isOpen = (deadline: Row): boolean => open.some(({ id }) => deadline['subject'] === `referral/${id}`);
  const changed = [
    ...closed,
    ...silenced(
      deadlines.filter((row) => !isOpen(row)),
      diedAt,
      now,
    ),
  ];
  return {
    changes: changed.flatMap(({ changes }) => changes),
    events: changed.flatMap(({ events }) => events),
    outcome: { status: 200, body: {} },
    audit: { subject: event.subject, personIds },
  };
}

const of = ({ id }: Referral, deadlines: Row[]): Row[] =>
  deadlines.filter(({ subject }) => subject === `referral/${id}`);

/** Whom a team had accepted, and who waited for it yet. */
function silenced(deadlines: Row[], diedAt: Date, now: Date): Pick<Decision, 'changes' | 'events'>[] {
  const subjects = new Set(deadlines.map(({ subject }) => subject as string));
  return [...subjects].map((subject) => {
    const known = deadlines.filter((row) => row['subject'] === subject);
    const about = { personId: known[0]?.['person_id'] as string, subject };
    const died = { move: 'not-needed', at: diedAt, because: 'died' } as const;
    return movedDeadlines(referralsDeadlines, about, known, [died], now);
  });
}
