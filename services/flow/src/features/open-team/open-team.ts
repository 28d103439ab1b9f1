import { instantOf } from '@homeward/kernel';
import { Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { opened } from '../../adapters/team.publication';
import { insertTeam, type Team } from '../../adapters/team.repository';

@Injectable()
export class OpenTeam {
  constructor(private readonly database: Database) {}

  open(context: CommandContext, team: Team): Promise<Outcome> {
    const self = `/teams/${team.id}`;
    return this.database.write(
      context,
      { keys: [`team/${team.id}`] },
      {
        decide: (_, { now }) => ({
          changes: [insertTeam(team, now)],
          events: [opened(team, instantOf(now))],
          outcome: {
            status: 201,
            body: { id: team.id, version: 1, status: 'open', links: { self, practitioners: `${self}/practitioners` } },
            etag: 1,
            location: self,
          },
          audit: { subject: `team/${team.id}`, personIds: [] },
        }),
      },
    );
  }
}
