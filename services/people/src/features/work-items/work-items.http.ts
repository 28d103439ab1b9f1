import { Context, Cursors, Page, pageOf, PageQuery, Query, type SortKeys } from '@homeward/http';
import { Database, type RequestContext, type Row, type Statement } from '@homeward/persistence';
import { Controller, Get, Query as FromQuery } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';

const KINDS = ['who-is-this'] as const;

/** Something that only people can settle. */
export class WorkItem {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: KINDS, description: 'who-is-this: the NHS number belongs to somebody with another birth date.' })
  kind!: (typeof KINDS)[number];

  @ApiProperty({ format: 'uuid' })
  personId!: string;

  @ApiProperty({ format: 'date-time' })
  openedAt!: string;
}

@Controller('people')
export class WorkItemsController {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  @Query({
    action: 'list-identity-questions',
    summary: 'What your organisation has to settle about who somebody is',
    may: ['manager', 'privacy'],
    answer: pageOf(WorkItem),
    example: {
      items: [
        {
          id: '0199b6a0-0000-7000-8000-000000000001',
          kind: 'who-is-this',
          personId: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
          openedAt: '2026-11-25T09:00:00.000Z',
        },
      ],
    },
  })
  @Get('work-items')
  async list(@Context() context: RequestContext, @FromQuery() query: PageQuery): Promise<Page<WorkItem>> {
    const { limit, after } = this.cursors.open(context, query);
    const statement = questionsOf(context.principal.organisation, after, limit + 1);
    const rows = await this.database.read(context, statement, { subject: 'work-items' });
    return this.cursors.page(context, query, rows, (row) => [String(row['question_id'])], toItem);
  }
}

const questionsOf = (organisation: string, after: SortKeys | undefined, limit: number): Statement => ({
  text: `SELECT question_id, person_id, opened_at FROM identity_question
    WHERE organisation = $1 AND settled_at IS NULL AND ($2::uuid IS NULL OR question_id > $2) ORDER BY question_id LIMIT $3`,
  values: [organisation, after?.[0] ?? null, limit],
});

const toItem = (row: Row): WorkItem => ({
  id: String(row['question_id']),
  kind: 'who-is-this',
  personId: String(row['person_id']),
  openedAt: (row['opened_at'] as Date).toISOString(),
});
