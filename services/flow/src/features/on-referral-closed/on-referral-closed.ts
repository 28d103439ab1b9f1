import { referralClosed, type EventEnvelope } from '@homeward/contracts';
import { reactionContext, type Reaction } from '@homeward/messaging';
import { Database, type InboxMark } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { personUnderEveryId } from '../../adapters/person-ids';
import { askIntakeToNotify } from '../../adapters/work-item.repository';

/**
 * A death closed a referral. Where nobody was accountable yet, the intake held the person (DEC-04): it is asked to notify
 * LeDeR. The closing names it, whether or not the death was heard of here before.
 */
@Injectable()
export class OnReferralClosed implements Reaction {
  readonly name = 'on-referral-closed';
  readonly types = [referralClosed.type];

  constructor(private readonly database: Database) {}

  async react(event: EventEnvelope, inbox: InboxMark): Promise<void> {
    const personId = event.personid ?? '';
    const { referralId, intakeTeamId, reasonCode } = event.data as typeof referralClosed.example;
    await this.database.write(
      reactionContext('flow', event, 'ask-intake-to-notify'),
      personUnderEveryId(personId),
      {
        decide: (_, { now }) => ({
          changes:
            reasonCode === 'died' ? [askIntakeToNotify({ personId, referralId, teamId: intakeTeamId }, now)] : [],
          events: [],
          outcome: { status: 200, body: {} },
          audit: { subject: event.subject, personIds: [personId] },
        }),
      },
      { inbox },
    );
  }
}
