import { BASES } from '@homeward/contracts';
import { Context, Query } from '@homeward/http';
import { Database, Erased, NotFound, type RequestContext, type Row } from '@homeward/persistence';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { idsOf } from '../../adapters/person-card';
import { homeOn, meantBy, TODAY } from '../../adapters/related';
import { ageMilestones, type AgeMilestone } from '../../domain/age-milestones';
import type { Basis } from '../../domain/person';

export class Milestone implements AgeMilestone {
  @ApiProperty({ enum: ['14', '16', '17', '17.5', '18', '25', '26'] })
  age!: AgeMilestone['age'];

  @ApiProperty({ format: 'date' })
  on!: string;
}

/** What another service is told of a person: no name, NHS number, birth date or address. */
export class PersonFactsAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: BASES })
  basis!: Basis;

  @ApiProperty({ description: 'ODS code of the integrated care board that answers for the home.' })
  responsibleIcb!: string;

  @ApiProperty({ description: 'True while it is not settled who this is.' })
  provisional!: boolean;

  @ApiProperty({ type: [Milestone], description: 'The days on which ages are reached that rules turn on.' })
  milestones!: Milestone[];

  @ApiProperty({
    required: false,
    format: 'uuid',
    description: 'Where the id was found to mean the same person as another: that one, whose facts these are.',
  })
  mergedInto?: string;

  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'From this day on the facts are others without an event: the person moves. Ask again then.',
  })
  changesOn!: string | null;

  @ApiProperty({ description: 'Of the id’s own stream: an answer with a lower one is older.' })
  sequence!: string;
}

/** Services that set deadlines by an age; the others are not told the days (DEC-35). */
const TOLD_MILESTONES: readonly string[] = ['support-register', 'cetr', 'discharge'];

@Controller('people/internal')
export class FactsController {
  constructor(private readonly database: Database) {}

  @Query({
    action: 'get-person-facts',
    summary: 'What a service is told of a person',
    may: ['service'],
    answer: PersonFactsAnswer,
    mayBeErased: true,
    example: {
      id: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      basis: 'both',
      responsibleIcb: 'QZ1',
      provisional: false,
      milestones: [],
      changesOn: null,
      sequence: '1',
    },
  })
  @Get(':id/facts')
  async get(@Context() context: RequestContext, @Param('id') id: string): Promise<PersonFactsAnswer> {
    const statement = {
      text: `SELECT facts.*, e.erased_at FROM (SELECT $1::uuid AS asked_id, p.person_id, p.basis, h.responsible_icb, p.provisional, p.birth_date::text, s.last_sequence,
          (SELECT min(lower(home.during))::text FROM home
            WHERE home.person_id = p.person_id AND lower(home.during) > ${TODAY}) AS changes_on
        FROM person p ${homeOn(TODAY)} JOIN stream s ON s.key = 'person/' || $1::uuid WHERE ${meantBy('p', '$1')}) AS facts
        FULL JOIN (SELECT person_id, erased_at FROM erased_person WHERE person_id = $1) AS e ON e.person_id = facts.asked_id`,
      values: [id],
    };
    const [row] = await this.database.read(context, statement, { subject: `person/${id}`, as: 'worker' });
    if (!row) throw new NotFound('person');
    if (row['erased_at'] !== null) throw new Erased('person');
    return toFacts(row, context.principal.organisation);
  }
}

const toFacts = (row: Row, service: string): PersonFactsAnswer => ({
  ...idsOf(row),
  basis: row['basis'] as Basis,
  responsibleIcb: String(row['responsible_icb']),
  provisional: row['provisional'] as boolean,
  milestones: TOLD_MILESTONES.includes(service) ? ageMilestones(String(row['birth_date'])) : [],
  changesOn: row['changes_on'] as string | null,
  sequence: String(row['last_sequence']),
});
