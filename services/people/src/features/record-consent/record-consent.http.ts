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
import { Context, Creation, IsDay } from '@homeward/http';
import { uuidv7 } from '@homeward/kernel';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { ConsentAssessment } from '../../adapters/consent.dto';
import { EXPLANATIONS, type Explanation } from '../../domain/consent';
import { RecordConsent } from './record-consent';

export class RecordConsentBody {
  @ApiProperty({ enum: CONSENT_PURPOSES, description: 'What was asked. Direct care waits for no consent.' })
  @IsIn(CONSENT_PURPOSES)
  purpose!: ConsentPurpose;

  @ApiProperty({ required: false, enum: REVIEW_ITEMS, isArray: true, description: 'To what of a review it is a yes.' })
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(REVIEW_ITEMS, { each: true })
  scope?: ReviewItem[];

  @ApiProperty({ enum: CONSENT_ANSWERS, description: 'A no is a full outcome.' })
  @IsIn(CONSENT_ANSWERS)
  answer!: ConsentAnswer;

  @ApiProperty({ enum: CONSENT_AUTHORITIES, description: 'By which authority it was decided.' })
  @IsIn(CONSENT_AUTHORITIES)
  authority!: ConsentAuthority;

  @ApiProperty({
    required: false,
    maxLength: 100,
    description: 'Who decided, if not the person: the id of one of their contacts, else a name.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  @Matches(/\S/, { message: '$property must hold a word' })
  decidedBy?: string;

  @ApiProperty({ required: false, type: ConsentAssessment, description: 'Of this very decision, and of no other.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => ConsentAssessment)
  assessment?: ConsentAssessment;

  @ApiProperty({ enum: EXPLANATIONS, isArray: true, description: 'How it was explained to the person.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(EXPLANATIONS, { each: true })
  explained!: Explanation[];

  @ApiProperty({
    required: false,
    maxLength: 100,
    description: 'Who helped the person: the id of one of their contacts, else a name.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  @Matches(/\S/, { message: '$property must hold a word' })
  supportedBy?: string;

  @ApiProperty({ required: false, maxLength: 1000, description: 'What the person said, in their words.' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  @Matches(/\S/, { message: '$property must hold a word' })
  words?: string;

  @ApiProperty({ required: false, format: 'date', description: 'When it was decided. Today, if absent.' })
  @IsOptional()
  @IsDay()
  on?: string;

  @ApiProperty({
    required: false,
    format: 'date',
    description: 'The last day on which it counts. As far ahead as rule T-23 or CON-30 says, if absent, and no later.',
  })
  @IsOptional()
  @IsDay()
  reviewBy?: string;
}

@Controller('people')
export class RecordConsentController {
  constructor(private readonly handler: RecordConsent) {}

  @Creation({
    action: 'record-consent',
    summary: 'It was decided whether a person takes part, or whether something is shared',
    description:
      'It takes the place of what was decided before for the same purpose. What was decided is recorded, with a warning where by what is recorded somebody else decides it; such a yes does not count.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager'],
    body: RecordConsentBody,
    example: {
      ...{ purpose: 'review', scope: ['review-held', 'papers-to-panel'], answer: 'yes', authority: 'person' },
      ...{ explained: ['easy-read', 'talk'], words: 'Yes. Not my uncle.' },
    },
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000060',
      status: 'recorded',
      links: {
        person: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
        consents: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b/consents',
      },
    },
  })
  @Post(':id/consents')
  record(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() body: RecordConsentBody,
  ): Promise<Outcome> {
    return this.handler.record(context, id, uuidv7(), {
      ...{ purpose: body.purpose, scope: body.scope ?? [], answer: body.answer, authority: body.authority },
      decidedBy: body.decidedBy?.trim() ?? null,
      assessment: body.assessment ? { finding: body.assessment.finding, on: body.assessment.on } : null,
      explained: body.explained,
      supportedBy: body.supportedBy?.trim() ?? null,
      words: body.words?.trim() ?? null,
      ...{ on: body.on ?? null, reviewBy: body.reviewBy ?? null },
    });
  }
}
