import { personErased, type EventEnvelope } from '@homeward/contracts';
import { reactionContext, type Reaction } from '@homeward/messaging';
import { Database, eraseAll, type InboxMark } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { ERASABLE } from '../../adapters/erasure';

/** A person was erased: what was typed about them goes, under each of their ids, and what people told of them. */
@Injectable()
export class OnPersonErased implements Reaction {
  readonly name = 'on-person-erased';
  readonly types = [personErased.type];

  constructor(private readonly database: Database) {}

  async react(event: EventEnvelope, inbox: InboxMark): Promise<void> {
    const { aliasIds } = event.data as typeof personErased.example;
    const ids = [event.personid ?? '', ...aliasIds];
    await this.database.write(
      reactionContext('referrals', event, 'erase-person'),
      { keys: ids.map((id) => `person/${id}`) },
      {
        decide: () => ({
          changes: eraseAll(ERASABLE, ids),
          events: [],
          outcome: { status: 200, body: {} },
          audit: { subject: event.subject, personIds: ids },
        }),
      },
      { inbox },
    );
  }
}
