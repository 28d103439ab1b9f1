import { Context, Page, pageOf, Query } from '@homeward/http';
import { Database, type RequestContext } from '@homeward/persistence';
import { Body, Controller, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { CARD_EXAMPLE, PersonCard, toCard } from '../../adapters/person-card';
import { soughtBy } from '../../domain/search';
import { searchFor } from './search.query';

export class SearchBody {
  @ApiProperty({ required: false, description: 'Alone, or else familyName and birthDate.', maxLength: 20 })
  @IsOptional()
  @IsString()
  @MaxLength(20)
  nhsNumber?: string;

  @ApiProperty({ required: false, maxLength: 100 })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  givenName?: string;

  @ApiProperty({ required: false, maxLength: 100 })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  familyName?: string;

  @ApiProperty({ required: false, format: 'date' })
  @IsOptional()
  @IsISO8601({ strict: true }, { message: 'birthDate must be a day of the calendar' })
  @Matches(/^(18|19|20)\d\d-\d\d-\d\d$/, { message: 'birthDate must be a day of the calendar' })
  birthDate?: string;
}

@Controller('people')
export class SearchController {
  constructor(private readonly database: Database) {}

  @Query({
    action: 'search-people',
    summary: 'Search among the people whom you support',
    description:
      'By NHS number, or by family name and birth date (case, accents and hyphens make no difference). A POST, because neither may stand in an address.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager'],
    body: SearchBody,
    bodyExample: { familyName: CARD_EXAMPLE.familyName, birthDate: CARD_EXAMPLE.birthDate },
    answer: pageOf(PersonCard),
    example: { items: [CARD_EXAMPLE] },
  })
  @Post('search')
  async search(@Context() context: RequestContext, @Body() body: SearchBody): Promise<Page<PersonCard>> {
    const statement = searchFor(context.principal, soughtBy(body));
    const rows = await this.database.read(context, statement, { subject: 'search' });
    return new Page(rows.map(toCard));
  }
}
