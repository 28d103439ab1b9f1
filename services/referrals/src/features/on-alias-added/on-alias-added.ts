import { personAliasAdded, type EventEnvelope } from '@homeward/contracts';
import { reactionContext, type Reaction } from '@homeward/messaging';
import { Database, type InboxMark } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';

/** Two ids mean one person: what happens to the person ends the referrals under either. */
@Injectable()
export class OnAliasAdded implements Reaction {
  readonly name = 'on-alias-added';
  readonly types = [personAliasAdded.type];

  constructor(private readonly database: Database) {}

  async react(event: EventEnvelope, inbox: InboxMark): Promise<void> {
    const survivorId = event.personid ?? '';
    const { aliasId } = event.data as typeof personAliasAdded.example;
    await this.database.write(
      reactionContext('referrals', event, 'add-alias'),
      { keys: [`person/${survivorId}`] },
      {
        decide: () => ({
          changes: [{ text: ADD, values: [survivorId, aliasId], rows: 'any' }],
          events: [],
          outcome: { status: 200, body: {} },
          audit: { subject: `person/${survivorId}`, personIds: [survivorId, aliasId] },
        }),
      },
      { inbox },
    );
  }
}

const ADD = 'INSERT INTO person_alias (survivor_id, alias_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1';
