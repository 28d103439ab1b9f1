import { REJECTION_REASONS, RISK_BANDS, type RiskBand } from '@homeward/contracts';
import { Command, Context, IsInstant } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import { LOCAL_REASONS, SIGNPOSTS } from '../../domain/local-codes';
import { listed, REJECTION_REASON } from '../../domain/national-codes';
import type { Rejection } from '../../domain/referral';
import { RIGHT_TO_CHALLENGE } from '../../domain/right-to-challenge';
import { RejectReferralHandler } from './reject-referral';

export class RejectReferralBody {
  @ApiProperty({ description: `National list: ${listed(REJECTION_REASON)}.` })
  @IsIn(REJECTION_REASONS)
  reasonCode!: Rejection['reasonCode'];

  @ApiProperty({ description: 'The reason, more closely.' })
  @IsIn(LOCAL_REASONS)
  localReasonCode!: string;

  @ApiProperty({
    example: ['ELG-05'],
    description: 'The criteria that it was decided by: at least one.',
  })
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(/^[A-Z]{2,5}-\d{2}$/, { each: true, message: 'criterionCodes must be codes such as ELG-05' })
  criterionCodes!: string[];

  @ApiProperty({ example: '2026-04', description: 'The version of the criteria: the month in which it began.' })
  @Matches(/^20\d\d-(0[1-9]|1[0-2])$/, { message: 'criteriaVersion must be a month such as 2026-04' })
  criteriaVersion!: string;

  @ApiProperty({ description: 'Where help may be found instead: at least one place.' })
  @IsArray()
  @ArrayUnique()
  @IsIn(SIGNPOSTS, { each: true })
  signpostCodes!: string[];

  @ApiProperty({ description: 'As triaged, if absent. Nobody at high or immediate risk is turned away.' })
  @IsOptional()
  @IsIn(RISK_BANDS)
  riskBand?: RiskBand;

  @ApiProperty({ description: 'Why, in words.' })
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  @Matches(/\S/, { message: '$property must hold a word' })
  explanation!: string;

  @ApiProperty({ description: 'When it was decided. Now, if absent.' })
  @IsOptional()
  @IsInstant()
  rejectedAt?: string;
}

@Controller('referrals')
export class RejectReferralController {
  constructor(private readonly handler: RejectReferralHandler) {}

  @Command({
    action: 'reject-referral',
    summary: 'Reject a referral',
    description: 'With a reason, the criteria and at least one place where help may be found. It may be challenged.',
    may: ['triage-clinician', 'intake', 'team-lead'],
    ifMatch: true,
    body: RejectReferralBody,
    example: {
      reasonCode: '02',
      localReasonCode: 'mainstream-can-meet',
      criterionCodes: ['ELG-05'],
      criteriaVersion: '2026-04',
      signpostCodes: ['talking-therapies'],
      riskBand: 'low',
      explanation: 'Talking therapies can help, with reasonable adjustments.',
    },
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000010',
      version: 2,
      status: 'rejected',
      links: { self: '/referrals/0199b6a0-0000-7000-8000-000000000010' },
      rightToChallenge: RIGHT_TO_CHALLENGE,
    },
  })
  @Post(':id/reject')
  reject(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() { rejectedAt, riskBand, ...rest }: RejectReferralBody,
  ): Promise<Outcome> {
    return this.handler.reject(context, id, {
      ...rest,
      riskBand: riskBand ?? undefined,
      rejectedAt: rejectedAt ? new Date(rejectedAt) : undefined,
    });
  }
}
