import {
  CONSENT_ANSWERS,
  CONSENT_AUTHORITIES,
  CONSENT_PURPOSES,
  REVIEW_ITEMS,
  type ConsentAnswer,
  type ConsentAuthority,
  type ConsentPurpose,
  type ReviewItem,
} from '@homeward/contracts';
import { IsDay } from '@homeward/http';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { EXPLANATIONS, type Explanation } from '../domain/consent';
import { CONSENT_STATES, type ConsentState } from '../domain/consent-now';

const FINDINGS = ['has', 'lacks'] as const;

export class ConsentAssessment {
  @ApiProperty({ enum: FINDINGS, description: 'Whether the person has capacity for it; under 16, is competent.' })
  @IsIn(FINDINGS)
  finding!: (typeof FINDINGS)[number];

  @ApiProperty({ format: 'date', description: 'The day on which it was found out.' })
  @IsDay()
  on!: string;
}

/** A decision with all that is recorded of it, and what it is today. */
export class ConsentOfPerson {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: CONSENT_PURPOSES })
  purpose!: ConsentPurpose;

  @ApiProperty({
    enum: CONSENT_STATES,
    description:
      'Only `in-effect` is a yes that counts. `decided-by-another`: by what is recorded somebody else decides it.',
  })
  state!: ConsentState;

  @ApiProperty({ description: 'It lapsed, or does soon: ask again.' })
  toBeRenewed!: boolean;

  @ApiProperty({ enum: CONSENT_ANSWERS })
  answer!: ConsentAnswer;

  @ApiProperty({ enum: REVIEW_ITEMS, isArray: true, description: 'To what of a review it is a yes.' })
  scope!: readonly ReviewItem[];

  @ApiProperty({ enum: CONSENT_AUTHORITIES })
  authority!: ConsentAuthority;

  @ApiProperty({ type: String, nullable: true, description: 'A name, or the id of a contact; null: the person.' })
  decidedBy!: string | null;

  @ApiProperty({ type: ConsentAssessment, nullable: true, description: 'Made for this decision, and for no other.' })
  assessment!: ConsentAssessment | null;

  @ApiProperty({ enum: EXPLANATIONS, isArray: true })
  explained!: readonly Explanation[];

  @ApiProperty({ type: String, nullable: true, description: 'Who helped the person: a name, or the id of a contact.' })
  supportedBy!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What the person said, in their words.' })
  words!: string | null;

  @ApiProperty({ format: 'date', description: 'When it was decided.' })
  on!: string;

  @ApiProperty({ format: 'date', description: 'The last day on which it may count.' })
  reviewBy!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  withdrawnAt!: string | null;
}
