import { personAliasAdded, type EventEnvelope } from '@homeward/contracts';
import { reactionContext, type Reaction } from '@homeward/messaging';
import { Database, type Change, type InboxMark, type Row } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { insertWorkItem } from '../../adapters/work-item.repository';

/**
 * Two ids mean one person. Nothing is written anew: whoever reads the survivor finds the alias's rows, too. Where both
 * have an open episode, two teams are accountable for one person, and only they can settle it (TRF-03).
 */
@Injectable()
export class OnAliasAdded implements Reaction {
  readonly name = 'on-alias-added';
  readonly types = [personAliasAdded.type];

  constructor(private readonly database: Database) {}

  async react(event: EventEnvelope, inbox: InboxMark): Promise<void> {
    const survivorId = event.personid ?? '';
    const { aliasId } = event.data as typeof personAliasAdded.example;
    await this.database.write(
      reactionContext('flow', event, 'add-alias'),
      { keys: [`person/${survivorId}`, `person/${aliasId}`] },
      {
        load: [{ text: OPEN_EPISODES, values: [[survivorId, aliasId]] }],
        decide: ([episodes = []], { now }) => ({
          changes: [added(survivorId, aliasId), ...(episodes.length > 1 ? asked(episodes, now) : [])],
          events: [],
          outcome: { status: 200, body: {} },
          audit: { subject: `person/${survivorId}`, personIds: [survivorId, aliasId] },
        }),
      },
      { inbox },
    );
  }
}

const OPEN_EPISODES = `SELECT id, person_id, accountable_team_id FROM episode
  WHERE person_id = ANY ($1::uuid[]) AND closed_at IS NULL ORDER BY id`;

const added = (survivorId: string, aliasId: string): Change => ({
  text: 'INSERT INTO person_alias (survivor_id, alias_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
  values: [survivorId, aliasId],
  rows: 'any',
});

/** Each lead is told of the other episode. */
const asked = (episodes: Row[], openedAt: Date): Change[] =>
  episodes.map((episode) => {
    const other = episodes.find(({ id }) => id !== episode['id']);
    return insertWorkItem({
      teamId: episode['accountable_team_id'] as string,
      personId: episode['person_id'] as string,
      episodeId: episode['id'] as string,
      subject: `episode/${other?.['id'] as string}`,
      kind: 'two-episodes-one-person',
      openedAt,
    });
  });
