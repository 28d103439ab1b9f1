import { BREAK_GLASS_OUTCOMES, BREAK_GLASS_REASONS, type BreakGlassOutcome } from '@homeward/contracts';
import { Context, Query } from '@homeward/http';
import { Database, NotFound, type RequestContext } from '@homeward/persistence';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { lookFor, toLook } from '../../adapters/break-glass.repository';
import type { BreakGlass } from '../../domain/break-glass';

/** What the privacy role reviews. Nothing of the person but their id. */
export class BreakGlassToReview {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  personId!: string;

  @ApiProperty({ format: 'uuid', description: 'Who looked.' })
  practitionerId!: string;

  @ApiProperty({ enum: BREAK_GLASS_REASONS })
  reasonCode!: BreakGlass['reasonCode'];

  @ApiProperty({ type: String, nullable: true, description: 'The reason in their own words.' })
  words!: string | null;

  @ApiProperty({ format: 'date-time' })
  openedAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When it ends by itself.' })
  until!: string;

  @ApiProperty({ format: 'date', description: 'The last day for the review.' })
  reviewBy!: string;

  @ApiProperty({ enum: BREAK_GLASS_OUTCOMES, nullable: true, description: 'null until it is reviewed.' })
  outcome!: BreakGlassOutcome | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  reviewedAt!: string | null;
}

@Controller('break-glass')
export class LookController {
  constructor(private readonly database: Database) {}

  @Query({
    action: 'get-break-glass',
    summary: 'A look by break-glass, for who reviews it',
    description:
      'For the privacy role of the organisation of who looked. What they read of the person is in the audit.',
    may: ['privacy'],
    answer: BreakGlassToReview,
    example: {
      id: '0199b6a0-0000-7000-8000-000000000050',
      personId: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      practitionerId: '0a3c1d52-5b0e-4f0e-8a51-000000000004',
      reasonCode: 'emergency-care',
      words: null,
      openedAt: '2026-11-25T09:00:00.000000Z',
      until: '2026-11-25T13:00:00.000000Z',
      reviewBy: '2026-11-30',
      outcome: null,
      reviewedAt: null,
    },
  })
  @Get(':id')
  async get(@Context() context: RequestContext, @Param('id') id: string): Promise<BreakGlassToReview> {
    const [row] = await this.database.read(context, lookFor(context.principal, id), { subject: `break-glass/${id}` });
    if (!row) throw new NotFound('break-glass');
    const { personId, practitionerId, reasonCode, openedAt, until, outcome } = toLook(row);
    return {
      ...{ id, personId, practitionerId, reasonCode, words: row['words'] as string | null, openedAt, until },
      ...{ reviewBy: row['review_by'] as string, outcome, reviewedAt: row['reviewed_at'] as string | null },
    };
  }
}
