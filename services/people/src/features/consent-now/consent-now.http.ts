import { CONSENT_PURPOSES, REVIEW_ITEMS, type ConsentPurpose, type ReviewItem } from '@homeward/contracts';
import { Context, Query } from '@homeward/http';
import { Database, Erased, NotFound, type RequestContext } from '@homeward/persistence';
import { Controller, Get, Param, Query as FromQuery } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { CONSENT, decidedIn } from '../../adapters/consent.repository';
import { meantBy, TODAY } from '../../adapters/related';
import { consentNow, NO_CONSENT, type NoConsent } from '../../domain/consent-now';

export class ConsentNowQuery {
  @ApiProperty({ enum: CONSENT_PURPOSES })
  @IsIn(CONSENT_PURPOSES)
  purpose!: ConsentPurpose;

  @ApiProperty({ required: false, enum: REVIEW_ITEMS, description: 'Of a review: what of it. Without it, no.' })
  @IsOptional()
  @IsIn(REVIEW_ITEMS)
  item?: ReviewItem;
}

export class ConsentNowAnswer {
  @ApiProperty({ enum: ['yes', 'no'], description: 'Only a yes discloses. Anything else, a failure too, is a no.' })
  answer!: 'yes' | 'no';

  @ApiProperty({ required: false, format: 'uuid', description: 'Of a yes: the decision, to be kept beside the use.' })
  consentId?: string;

  @ApiProperty({ required: false, enum: NO_CONSENT, description: 'Of a no.' })
  reason?: NoConsent;
}

/** What a service asks at the moment of disclosure (DEC-12). */
@Controller('people/internal')
export class ConsentNowController {
  constructor(private readonly database: Database) {}

  @Query({
    action: 'get-consent-now',
    summary: 'Whether there is consent at this moment',
    may: ['service'],
    answer: ConsentNowAnswer,
    mayBeErased: true,
    example: { answer: 'yes', consentId: '0199b6a0-0000-7000-8000-000000000060' },
  })
  @Get(':id/consent')
  async get(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @FromQuery() { purpose, item }: ConsentNowQuery,
  ): Promise<ConsentNowAnswer> {
    const statement = {
      text: `SELECT decided.*, e.erased_at FROM (SELECT $1::uuid AS asked_id, p.person_id, p.birth_date::text,
          ${TODAY}::text AS today, ${CONSENT}
        FROM person p LEFT JOIN consent c ON c.means_id = p.person_id WHERE ${meantBy('p', '$1')}) AS decided
        FULL JOIN (SELECT person_id, erased_at FROM erased_person WHERE person_id = $1) AS e
          ON e.person_id = decided.asked_id`,
      values: [id],
    };
    const rows = await this.database.read(context, statement, { subject: `consents/${id}`, as: 'worker' });
    const [row] = rows;
    if (!row) throw new NotFound('person');
    if (row['erased_at'] !== null) throw new Erased('person');
    return consentNow(decidedIn(rows), purpose, item ?? null, String(row['today']));
  }
}
