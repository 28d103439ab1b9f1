import { Context, Cursors, Page, pageOf, PageQuery, Query } from '@homeward/http';
import { Database, type RequestContext, type Row } from '@homeward/persistence';
import { Controller, Get, Query as FromQuery } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { deadlinesOf, STATES, type State } from './deadlines.query';

export class DeadlinesQuery extends PageQuery {
  @ApiProperty({ description: 'One team of yours; all, if absent.' })
  @IsOptional()
  @IsUUID()
  teamId?: string;

  @ApiProperty({ enum: STATES, description: 'All that is to be done, if absent.' })
  @IsOptional()
  @IsIn(STATES)
  state?: State;
}

export class TeamDeadline {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid', description: 'Names are at `/people/cards`.' }) personId!: string;
  @ApiProperty({ description: 'What it is a deadline of: `referral/<id>`, `transfer/<id>`.' }) about!: string;
  @ApiProperty({ enum: STATES, description: '`at-risk`: somebody was warned that it is near.' }) state!: State;
  @ApiProperty({ description: 'The rule that sets it; `GET /policy/rules` says it in words.' }) ruleId!: string;
  @ApiProperty({ description: 'Who says so.' }) authority!: string;
  @ApiProperty({ description: 'What the rule rests on: only `law` and `national-policy` are national requirements.' })
  standing!: string;
  @ApiProperty({ format: 'uuid', description: 'Who has to act.' }) teamId!: string;
  @ApiProperty({ required: false, format: 'uuid', description: 'Who waits for it.' }) waitingTeamId?: string;
  @ApiProperty({ description: 'You wait for it; it is for another team to do.' }) isWaitedFor!: boolean;
  @ApiProperty({ format: 'date-time' }) startsAt!: string;
  @ApiProperty({ format: 'date-time', description: 'From then on it is late.' }) due!: string;
  @ApiProperty({ required: false, format: 'date', description: 'The last day, of what is counted in days.' })
  dueOn?: string;
  @ApiProperty({ required: false, description: 'Overdue: the rule of the rung that was told last (TRF-07).' })
  escalatedTo?: string;
}

const EXAMPLE: TeamDeadline = {
  id: '0199b6a0-0000-7000-8000-000000000050',
  personId: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
  about: 'referral/0199b6a0-0000-7000-8000-000000000010',
  state: 'due',
  ruleId: 'C1.urgent',
  authority: 'Homeward',
  standing: 'our-default',
  teamId: '0199b6a0-0000-7000-8000-0000000000a1',
  isWaitedFor: false,
  startsAt: '2026-11-25T09:00:00.000000Z',
  due: '2026-11-27T00:00:00.000000Z',
  dueOn: '2026-11-26',
};

@Controller('deadlines')
export class DeadlinesController {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  @Query({
    action: 'list-deadlines',
    summary: 'What your teams have to do by when, and what they wait for',
    description: 'The earliest first: due, at risk, missed. Of people whom you may see now.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager'],
    answer: pageOf(TeamDeadline),
    from: ['deadline-list'],
    example: { items: [EXAMPLE] },
  })
  @Get()
  async list(@Context() context: RequestContext, @FromQuery() query: DeadlinesQuery): Promise<Page<TeamDeadline>> {
    const { limit, after } = this.cursors.open(context, query);
    const statement = deadlinesOf(context.principal, query, after, limit + 1);
    const rows = await this.database.read(context, statement, { subject: 'deadlines' });
    return this.cursors.page(context, query, rows, keysOf, toItem);
  }
}

const keysOf = (row: Row) => [row['due'] as string, row['deadline_id'] as string];

function toItem(row: Row): TeamDeadline {
  const optional = (column: string): string | undefined => (row[column] as string | null) ?? undefined;
  const step = optional('step');
  return {
    id: row['deadline_id'] as string,
    personId: row['person_id'] as string,
    about: row['about'] as string,
    state: row['state'] as State,
    ruleId: row['rule_id'] as string,
    authority: row['authority'] as string,
    standing: row['standing'] as string,
    teamId: row['team_id'] as string,
    waitingTeamId: optional('waiting_team_id'),
    isWaitedFor: row['is_waiting'] as boolean,
    startsAt: row['starts_at'] as string,
    due: row['due'] as string,
    dueOn: optional('due_on'),
    escalatedTo: step === 'warning' ? undefined : step,
  };
}
