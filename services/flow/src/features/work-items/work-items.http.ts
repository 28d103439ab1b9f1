import { Context, Cursors, Page, pageOf, PageQuery, Query } from '@homeward/http';
import { Database, type RequestContext, type Row } from '@homeward/persistence';
import { Controller, Get, Param, Query as FromQuery } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { WORK_ITEM_KINDS, type WorkItemKind } from '../../adapters/work-item.repository';
import { workItemsOf } from './work-items.query';

export class TeamWorkItem {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({
    enum: WORK_ITEM_KINDS,
    description:
      'What is asked. `second-team-accepted`: agree how you work together. `two-episodes-one-person`: two ids were found to mean one person, agree who is accountable. `transfer-superseded`: what happened took its place. `discharge-not-accepted`: the community team has not said that it took over. `leder-notification`: notify the death (DEC-05).',
  })
  kind!: WorkItemKind;

  @ApiProperty({ format: 'uuid' })
  personId!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  episodeId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  referralId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What it is about: `transfer/<id>`, `hospital-stay/<id>`, the other `episode/<id>`.',
  })
  subject!: string | null;

  @ApiProperty({ format: 'date-time' })
  openedAt!: string;
}

@Controller('teams')
export class WorkItemsController {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  @Query({
    action: 'list-team-work-items',
    summary: 'What no rule can settle and the lead of a team must, less what has settled since',
    may: ['team-lead', 'manager'],
    answer: pageOf(TeamWorkItem),
    example: {
      items: [
        {
          id: '0199b6a0-0000-7000-8000-000000000040',
          kind: 'second-team-accepted',
          personId: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
          episodeId: '0199b6a0-0000-7000-8000-000000000020',
          referralId: '0199b6a0-0000-7000-8000-000000000011',
          subject: null,
          openedAt: '2026-11-25T09:00:00.000000Z',
        },
      ],
    },
  })
  @Get(':id/work-items')
  async list(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @FromQuery() query: PageQuery,
  ): Promise<Page<TeamWorkItem>> {
    const { limit, after } = this.cursors.open(context, query);
    const rows = await this.database.read(context, workItemsOf(context.principal, id, after, limit + 1), {
      subject: `team/${id}`,
    });
    return this.cursors.page(context, query, rows, (row) => [row['id'] as string], toWorkItem);
  }
}

const toWorkItem = (row: Row): TeamWorkItem => ({
  id: row['id'] as string,
  kind: row['kind'] as TeamWorkItem['kind'],
  personId: row['person_id'] as string,
  episodeId: row['episode_id'] as string | null,
  referralId: row['referral_id'] as string | null,
  subject: row['subject'] as string | null,
  openedAt: row['opened_at'] as string,
});
