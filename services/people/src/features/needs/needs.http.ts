import { needKindOf } from '@homeward/contracts';
import { Context, Page, pageOf, Query } from '@homeward/http';
import { Database, NotFound, type RequestContext, type Row } from '@homeward/persistence';
import { Controller, Get, Param } from '@nestjs/common';
import { NeedOfPerson } from '../../adapters/need.dto';
import { NEED, toNeed } from '../../adapters/need.repository';
import { callerOf, mayRead, meantBy } from '../../adapters/related';

@Controller('people')
export class NeedsController {
  constructor(private readonly database: Database) {}

  @Query({
    action: 'list-needs',
    summary: 'What a person needs to be told things and to take part',
    description: 'With what helps in their own words, and with what has ended. None is an empty list.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager', 'person', 'privacy'],
    answer: pageOf(NeedOfPerson),
    example: {
      items: [
        {
          id: '0199b6a0-0000-7000-8000-000000000060',
          kind: 'format',
          code: 'easy-read',
          language: null,
          words: 'Big pictures, and somebody to read it with.',
          since: '2026-11-25',
          reviewBy: '2027-11-25',
          reviewDue: false,
          endedOn: null,
          endReason: null,
        },
      ],
    },
  })
  @Get(':id/needs')
  async list(@Context() context: RequestContext, @Param('id') id: string): Promise<Page<NeedOfPerson>> {
    const statement = {
      text: `SELECT p.person_id, ${NEED} FROM person p LEFT JOIN need USING (person_id)
        WHERE ${meantBy('p', '$3')} AND ${mayRead('p', context.role)} ORDER BY need.need_id`,
      values: [...callerOf(context.principal), id],
    };
    const rows = await this.database.read(context, statement, { subject: `person/${id}` });
    if (rows.length === 0) throw new NotFound('person');
    return new Page(rows.filter((row) => row['need_id'] !== null).map(toShown));
  }
}

function toShown(row: Row): NeedOfPerson {
  const need = toNeed(row);
  return { ...need, kind: needKindOf(need.code), reviewDue: row['review_due'] as boolean };
}
