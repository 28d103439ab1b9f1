import type { ServiceDefinition } from '@homeward/bootstrap';
import { newEvent, teamOpened, type EventEnvelope } from '@homeward/contracts';
import { Command, Context, Creation, Query } from '@homeward/http';
import { uuidv7 } from '@homeward/kernel';
import { currentTraceparent } from '@homeward/observability';
import {
  Database,
  foundationTables,
  grants,
  type CommandContext,
  type InboxMark,
  type MigrationClass,
  type ReadContext,
} from '@homeward/persistence';
import { reactionContext, type Reaction } from '@homeward/messaging';
import { Body, Controller, Injectable, Module, Param } from '@nestjs/common';
import { Get, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import type { QueryRunner } from 'typeorm';

/**
 * The smallest service that has every part: a command, a reading, an event, and a reaction to it in the same service.
 * It opens teams under flow's name, since only events of the catalogue can be published.
 */
class TinyTables1764000000001 {
  name = 'TinyTables1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...foundationTables('flow'),
      'CREATE TABLE tiny_team (id uuid PRIMARY KEY, name text NOT NULL)',
      'CREATE TABLE tiny_greeting (team_id uuid PRIMARY KEY, event_traceparent text, own_traceparent text)',
      ...grants('flow', 'tiny_team', 'SELECT, INSERT'),
      ...grants('flow', 'tiny_greeting', 'SELECT, INSERT'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {}
}

class OpenTeam {
  @ApiProperty()
  @IsString()
  name!: string;
}

class Team {
  @ApiProperty()
  id!: string;
}

@Controller('teams')
class TeamsController {
  constructor(private readonly database: Database) {}

  @Post()
  @Creation({
    action: 'open-team',
    summary: 'Open a team',
    may: ['manager'],
    body: OpenTeam,
    example: { name: 'Community team' },
  })
  async open(@Context() context: CommandContext, @Body() { name }: OpenTeam) {
    const id = uuidv7();
    return this.database.write(
      context,
      { keys: [`team/${id}`] },
      {
        decide: (_, { now }) => ({
          changes: [{ text: 'INSERT INTO tiny_team VALUES ($1, $2) RETURNING id', values: [id, name] }],
          events: [
            newEvent(teamOpened, {
              stream: `team/${id}`,
              subject: `team/${id}`,
              occurredAt: now.toISOString(),
              data: { teamId: id, organisation: 'RZ1', kind: 'community', telephone: '01632 960001' },
            }),
          ],
          outcome: { status: 201, etag: 1, location: `/teams/${id}`, body: { id, version: 1 } },
          audit: { subject: `team/${id}`, personIds: [] },
        }),
      },
    );
  }

  @Post(':id/fail')
  @Command({
    action: 'fail',
    summary: 'Fail with a message that quotes',
    may: ['manager'],
    body: OpenTeam,
    example: {},
  })
  fail(@Body() { name }: OpenTeam): never {
    throw new Error(`could not do anything with ${name}`);
  }

  @Get(':id')
  @Query({ action: 'get-team', summary: 'Read a team', may: ['manager'], answer: Team, example: { id: '' } })
  async get(@Context() context: ReadContext, @Param('id') id: string) {
    const query = { text: 'SELECT id, name FROM tiny_team WHERE id = $1', values: [id] };
    const [team] = await this.database.read(context, query, { subject: `team/${id}`, people: false });
    return team;
  }
}

/** Notes down in which trace it ran. */
@Injectable()
export class GreetTeam implements Reaction {
  readonly name = 'greet-team';
  readonly types = [teamOpened.type];

  constructor(private readonly database: Database) {}

  async react(event: EventEnvelope, inbox: InboxMark): Promise<void> {
    const { teamId } = event.data as { teamId: string };
    const text = 'INSERT INTO tiny_greeting VALUES ($1, $2, $3) RETURNING team_id';
    const values = [teamId, event.traceparent ?? null, currentTraceparent() ?? null];
    await this.database.write(
      reactionContext('flow', event, 'greet-team'),
      { keys: [event.partitionkey] },
      {
        decide: () => ({
          changes: [{ text, values }],
          events: [],
          outcome: { status: 200, body: {} },
          audit: { subject: event.subject, personIds: [] },
        }),
      },
      { inbox },
    );
  }
}

@Module({ controllers: [TeamsController], providers: [GreetTeam] })
class TinyModule {}

export const tinyService: ServiceDefinition = {
  name: 'flow',
  description: 'Opens teams, and greets each.',
  segments: ['teams'],
  module: TinyModule,
  migrations: [TinyTables1764000000001 as MigrationClass],
  projections: [],
  erasable: [],
  reactions: [GreetTeam],
};
