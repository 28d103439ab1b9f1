import { Context, Cursors, Page, pageOf, PageQuery, Query, type SortKeys } from '@homeward/http';
import { Database, type Principal, type RequestContext, type Row, type Statement } from '@homeward/persistence';
import { Controller, Get, Query as FromQuery } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { callerOf, mayChange } from '../../adapters/related';

const KINDS = ['who-is-this', 'review-break-glass'] as const;

/** Something that only people can settle. */
export class WorkItem {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({
    enum: KINDS,
    description:
      'who-is-this: the NHS number belongs to somebody with another birth date. review-break-glass, for the privacy role: somebody looked without a relationship.',
  })
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
    action: 'list-work-items-of-people',
    summary:
      'What you have to settle: who somebody is whom you support, and, as privacy role, who looked by break-glass',
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
    const statement = workItemsOf(context.principal, after, limit + 1);
    const rows = await this.database.read(context, statement, { subject: 'work-items' });
    return this.cursors.page(context, query, rows, (row) => [String(row['id'])], toItem);
  }
}

/**
 * Who somebody is is asked of those who support them. Whoever only registered them is not told: that there is a question
 * says that the number is somebody's.
 */
const workItemsOf = (principal: Principal, after: SortKeys | undefined, limit: number): Statement => ({
  text: `(SELECT q.question_id AS id, q.person_id, 'who-is-this' AS kind, q.opened_at FROM identity_question q
      WHERE ${mayChange('q')} AND q.settled_at IS NULL AND ($3::uuid IS NULL OR q.question_id > $3) ORDER BY 1 LIMIT $4)
    UNION ALL (SELECT id, person_id, 'review-break-glass', opened_at FROM break_glass
      WHERE $5::boolean AND organisation = $1 AND outcome IS NULL AND ($3::uuid IS NULL OR id > $3) ORDER BY 1 LIMIT $4)
    ORDER BY id LIMIT $4`,
  values: [...callerOf(principal), after?.[0] ?? null, limit, principal.roles.includes('privacy')],
});

const toItem = (row: Row): WorkItem => ({
  id: String(row['id']),
  kind: row['kind'] as WorkItem['kind'],
  personId: String(row['person_id']),
  openedAt: (row['opened_at'] as Date).toISOString(),
});
