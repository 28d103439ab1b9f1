import { PRIORITIES } from '@homeward/contracts';
import { Context, Cursors, pageOf, PageQuery, Query, type Page } from '@homeward/http';
import { Database, type RequestContext } from '@homeward/persistence';
import { Controller, Get, Query as FromQuery } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { FINAL, OPEN } from '../../domain/referral';
import { worklist, type WorklistRow } from './worklist.query';

const STATUSES = [...OPEN, ...FINAL] as const;

export class WorklistQuery extends PageQuery {
  @ApiProperty({ description: 'One intake of yours; all, if absent.' })
  @IsOptional()
  @IsUUID()
  teamId?: string;

  @ApiProperty({ default: 'open', description: 'All that nothing is decided of, unless said.' })
  @IsOptional()
  @IsIn(['open', ...STATUSES])
  status?: 'open' | (typeof STATUSES)[number];
}

export class WorklistItem {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty({ enum: STATUSES }) status!: string;
  @ApiProperty({ format: 'uuid', description: 'Names are at `/people/cards`.' }) personId!: string;
  @ApiProperty({ enum: PRIORITIES, description: 'As decided, else as triaged, else as the referrer sees it.' })
  priority!: string;
  @ApiProperty({ description: 'Comes before every priority; false again once a clinician found that it has passed.' })
  immediateRisk!: boolean;
  @ApiProperty({ format: 'date-time' }) receivedAt!: string;
  @ApiProperty({ format: 'uuid', description: 'Holds the person.' }) intakeTeamId!: string;
  @ApiProperty({ required: false, format: 'uuid', description: 'To whom it is passed on, not acknowledged yet.' })
  redirectedToTeamId?: string;
  @ApiProperty({ required: false, description: 'It is for you to acknowledge: until then the other intake holds.' })
  toAcknowledge?: boolean;
  @ApiProperty({ type: Object, example: { self: '/referrals/0199b6a0-0000-7000-8000-000000000010' } }) links!: object;
}

const EXAMPLE: WorklistItem = {
  id: '0199b6a0-0000-7000-8000-000000000010',
  version: 1,
  status: 'received',
  personId: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
  priority: 'urgent',
  immediateRisk: false,
  receivedAt: '2026-11-25T09:00:00.000Z',
  intakeTeamId: '0199b6a0-0000-7000-8000-0000000000a1',
  links: { self: '/referrals/0199b6a0-0000-7000-8000-000000000010' },
};

@Controller('worklist')
export class WorklistController {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  @Query({
    action: 'list-worklist',
    summary: 'The referrals that your intakes hold',
    description: 'The most severe first, then who has waited longest; and those that were passed on to your intakes.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator'],
    answer: pageOf(WorklistItem),
    example: { items: [EXAMPLE] },
  })
  @Get()
  async list(@Context() context: RequestContext, @FromQuery() query: WorklistQuery): Promise<Page<WorklistItem>> {
    const { organisation } = context.principal;
    const { limit, after } = this.cursors.open(context, query);
    const { status = 'open', teamId } = query;
    const statement = worklist(organisation, { status, teamId }, after, limit + 1);
    const rows = await this.database.read<WorklistRow>(context, statement, { subject: 'worklist' });
    return this.cursors.page(context, query, rows, keysOf, toItem);
  }
}

const keysOf = (row: WorklistRow) => [row.severity, row.received_at.toISOString(), row.id];

const toItem = (row: WorklistRow): WorklistItem => ({
  id: row.id,
  version: row.version,
  status: row.status,
  personId: row.person_id,
  priority: row.priority,
  immediateRisk: row.immediate_risk,
  receivedAt: row.received_at.toISOString(),
  intakeTeamId: row.intake_team_id,
  ...(row.redirect_team_id === null ? {} : { redirectedToTeamId: row.redirect_team_id }),
  ...(row.to_acknowledge ? { toAcknowledge: true } : {}),
  links: { self: `/referrals/${row.id}` },
});
