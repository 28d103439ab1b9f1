import { Context, Page, pageOf, Query } from '@homeward/http';
import { Database, NotFound, type RequestContext } from '@homeward/persistence';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { HOME_SHOWN, toShownHome } from '../../adapters/home.repository';
import { HomeShown } from '../../adapters/person-details.dto';
import { callerOf, mayRead, meantBy } from '../../adapters/related';
import type { HomeInTime } from '../../domain/homes';

export class HomeOfPerson extends HomeShown implements Pick<HomeInTime, 'from' | 'until'> {
  @ApiProperty({ format: 'date', description: 'The first day.' })
  from!: string;

  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'The first day of the next home; null while none is known.',
  })
  until!: string | null;
}

@Controller('people')
export class HomesController {
  constructor(private readonly database: Database) {}

  @Query({
    action: 'list-homes',
    summary: 'Where a person lived, lives and will live',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager', 'person', 'privacy'],
    answer: pageOf(HomeOfPerson),
    example: {
      items: [
        { from: '2026-11-25', until: null, lines: ['1 Example Street'], postcode: 'ZZ99 3VZ', responsibleIcb: 'QZ1' },
      ],
    },
  })
  @Get(':id/homes')
  async list(@Context() context: RequestContext, @Param('id') id: string): Promise<Page<HomeOfPerson>> {
    const statement = {
      text: `SELECT home.person_id, ${HOME_SHOWN} FROM home WHERE ${meantBy('home', '$3')} AND ${mayRead('home', context.role)}
        ORDER BY home.during`,
      values: [...callerOf(context.principal), id],
    };
    const rows = await this.database.read(context, statement, { subject: `person/${id}` });
    if (rows.length === 0) throw new NotFound('person');
    return new Page(
      rows.map((row) => ({
        from: row['from_day'] as string,
        until: row['until_day'] as string | null,
        ...toShownHome(row),
      })),
    );
  }
}
