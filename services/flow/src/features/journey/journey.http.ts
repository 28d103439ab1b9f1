import { catalogue } from '@homeward/contracts';
import { Context, IsInstant, Query, toInstant } from '@homeward/http';
import { Database, NotFound, type RequestContext, type Row } from '@homeward/persistence';
import { Controller, Get, Param, Query as FromQuery } from '@nestjs/common';
import { IsOptional } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { responsibleAt } from '../../domain/responsible';
import { Journey, JOURNEY_EXAMPLE, type JourneyEntry } from './journey.dto';
import { journeyOf } from './journey.query';

export class JourneyQuery {
  @ApiProperty({ required: false, format: 'date-time', description: 'As things were then; now unless given.' })
  @IsOptional()
  @IsInstant()
  asOf?: string;

  @ApiProperty({
    required: false,
    format: 'date-time',
    description: 'By what was recorded until then; all of it unless given.',
  })
  @IsOptional()
  @IsInstant()
  asKnownOn?: string;
}

@Controller('journeys')
export class JourneysController {
  constructor(private readonly database: Database) {}

  @Query({
    action: 'get-journey',
    summary: 'How a person came here: as of any day, as known on any day',
    description:
      'What happened, in the order in which it happened; what was told late has its place, and what was corrected is left out. A referrer sees what happened to their own referral, and its state where it is read.',
    may: [
      'referrer',
      'intake',
      'triage-clinician',
      'team-lead',
      'coordinator',
      'manager',
      'commissioner',
      'person',
      'privacy',
    ],
    answer: Journey,
    from: ['journey'],
    example: JOURNEY_EXAMPLE,
  })
  @Get(':personId')
  async get(
    @Context() context: RequestContext,
    @Param('personId') personId: string,
    @FromQuery() { asOf, asKnownOn }: JourneyQuery,
  ): Promise<Journey> {
    const point = { asOf: asOf && toInstant(asOf), asKnownOn: asKnownOn && toInstant(asKnownOn) };
    const statement = journeyOf(context.principal, personId, point, context.role);
    const rows = await this.database.read(context, statement, { subject: `journey/${personId}` });
    if (rows.length === 0) throw new NotFound('person');
    return toJourney(rows);
  }
}

export function toJourney(rows: Row[]): Journey {
  const first = rows[0] as { person_id: string; as_of: string; as_known_on: string };
  const told = rows.filter((row) => row['event_id'] !== null);
  const whole = told.filter((row) => row['whole'] === true).map(toEntry);
  return {
    personId: first.person_id,
    asOf: first.as_of,
    asKnownOn: first.as_known_on,
    responsible: responsibleAt(whole, first.as_of),
    entries: told.map(toEntry),
  };
}

/** What a referral holds inside is its owner's to show, by the reader's right there (DEC-30). */
function toEntry(row: Row): JourneyEntry {
  const type = row['type'] as string;
  return {
    id: row['event_id'] as string,
    type,
    title: catalogue.get(type)?.title ?? type,
    subject: row['subject'] as string,
    occurredAt: row['occurred_at'] as string,
    precision: row['precision'] as JourneyEntry['precision'],
    recordedAt: row['recorded_at'] as string,
    source: row['source'] as string,
    data: row['whole'] === true ? (row['data'] as Record<string, unknown>) : {},
  };
}
