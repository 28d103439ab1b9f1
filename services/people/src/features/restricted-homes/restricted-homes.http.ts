import { Context, Page, pageOf, Query } from '@homeward/http';
import { Database, NotFound, type RequestContext } from '@homeward/persistence';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { HOME, toHome } from '../../adapters/home.repository';
import { PersonHome } from '../../adapters/person-details.dto';
import { learnerOf, mayLearn, meantBy } from '../../adapters/related';
import type { HomeInTime } from '../../domain/homes';

export class RestrictedHome extends PersonHome implements HomeInTime {
  @ApiProperty({ format: 'date', description: 'The first day.' })
  from!: string;

  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'The first day of the next home.' })
  until!: string | null;

  @ApiProperty({ enum: [true] })
  declare restricted: true;
}

@Controller('people')
export class RestrictedHomesController {
  constructor(private readonly database: Database) {}

  /** A route of its own, so that an address which nobody may learn is asked for by name, permitted by name and audited so. */
  @Query({
    action: 'list-restricted-homes',
    summary: 'The homes of a person that nobody may learn',
    description:
      'For the person, for who co-ordinates, and for members of the accountable team whose token names it, acting for direct care. For everybody else, break-glass included, there is none.',
    may: ['team-lead', 'coordinator', 'person'],
    answer: pageOf(RestrictedHome),
    example: {
      items: [
        {
          ...{ from: '2026-11-25', until: null, lines: ['1 Example Street'], postcode: 'ZZ99 3VZ' },
          ...{ responsibleIcb: 'QZ1', restricted: true },
        },
      ],
    },
  })
  @Get(':id/restricted-homes')
  async list(@Context() context: RequestContext, @Param('id') id: string): Promise<Page<HomeInTime>> {
    const statement = {
      text: `SELECT home.person_id, ${HOME} FROM home
        WHERE ${meantBy('home', '$5')} AND home.restricted AND ${mayLearn('home')} ORDER BY home.during`,
      values: [...learnerOf(context.principal), id],
    };
    const rows = await this.database.read(context, statement, { subject: `restricted-homes/${id}` });
    if (rows.length === 0) throw new NotFound('restricted home');
    return new Page(rows.map(toHome));
  }
}
