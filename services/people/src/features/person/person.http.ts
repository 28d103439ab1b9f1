import { BASES } from '@homeward/contracts';
import { Context, Query, withETag, type Versioned } from '@homeward/http';
import { Database, Erased, NotFound, type RequestContext, type Row } from '@homeward/persistence';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { CARD_EXAMPLE, PersonCard, toCard } from '../../adapters/person-card';
import { toShownHome } from '../../adapters/home.repository';
import { HomeShown } from '../../adapters/person-details.dto';
import { ABSENT_REASONS, type AbsentReason, type Basis } from '../../domain/person';
import { personOrErased } from './person.query';

export class Person extends PersonCard {
  @ApiProperty({ enum: ABSENT_REASONS, nullable: true, description: 'Why there is no NHS number.' })
  nhsNumberAbsentReason!: AbsentReason | null;

  @ApiProperty({ type: HomeShown })
  home!: HomeShown;

  @ApiProperty({ enum: BASES })
  basis!: Basis;

  @ApiProperty({
    required: false,
    description: 'True while it is not settled who this is. Shown to who supports the person.',
  })
  provisional?: boolean;

  @ApiProperty({ required: false, type: String, format: 'date', nullable: true, description: 'The day of death.' })
  diedOn?: string | null;

  @ApiProperty({
    required: false,
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Where it is known.',
  })
  diedAt?: string | null;
}

const EXAMPLE: Person = {
  ...CARD_EXAMPLE,
  nhsNumberAbsentReason: null,
  home: { lines: ['1 Example Street'], postcode: 'ZZ99 3VZ', responsibleIcb: 'QZ1' },
  basis: 'both',
  provisional: false,
  diedOn: null,
  diedAt: null,
};

@Controller('people')
export class PersonController {
  constructor(private readonly database: Database) {}

  @Query({
    action: 'get-person',
    summary: 'A person',
    description:
      'Who supports the person sees the person, and the version for a correction. Who only registered them sees what they sent themselves. Whoever could read a person who is erased is told so.',
    may: ['referrer', 'intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager', 'person', 'privacy'],
    answer: Person,
    example: EXAMPLE,
    mayBeErased: true,
  })
  @Get(':id')
  async get(@Context() context: RequestContext, @Param('id') id: string): Promise<Person | Versioned> {
    const statement = personOrErased(context.principal, id, context.role);
    const [row] = await this.database.read(context, statement, { subject: `person/${id}` });
    if (!row) throw new NotFound('person');
    if (row['erased_at'] !== null) throw new Erased('person');
    return row['version'] === null ? toPerson(row) : withETag(toSupported(row), row['version'] as number);
  }
}

const toPerson = (row: Row): Person => ({
  ...toCard(row),
  nhsNumberAbsentReason: row['nhs_number_absent_reason'] as AbsentReason | null,
  home: toShownHome(row),
  basis: row['basis'] as Basis,
});

const toSupported = (row: Row): Person => ({
  ...toPerson(row),
  provisional: row['provisional'] as boolean,
  diedOn: row['died_on'] as string | null,
  diedAt: (row['died_at'] as Date | null)?.toISOString() ?? null,
});
