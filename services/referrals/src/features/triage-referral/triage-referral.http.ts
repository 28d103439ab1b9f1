import { PRIORITIES, RISK_BANDS, type Priority, type RiskBand } from '@homeward/contracts';
import { Command, Context, IsInstant } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { TriageReferralHandler } from './triage-referral';

export class TriageReferralBody {
  @ApiProperty({ description: 'How soon help is needed, as you see it.' })
  @IsIn(PRIORITIES)
  priority!: Priority;

  @ApiProperty({ description: 'How much risk you see. Nobody at high or immediate risk is turned away.' })
  @IsIn(RISK_BANDS)
  riskBand!: RiskBand;

  @ApiProperty({ default: false, description: 'Somebody said that there is an immediate risk: it has passed.' })
  @IsOptional()
  @IsBoolean()
  immediateRiskPassed?: boolean;

  @ApiProperty({
    description: 'Why, in words; needed where it is less urgent than triage found before, or a risk has passed.',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  @Matches(/\S/, { message: '$property must hold a word' })
  explanation?: string;

  @ApiProperty({ description: 'When it was found. Now, if absent.' })
  @IsOptional()
  @IsInstant()
  triagedAt?: string;
}

@Controller('referrals')
export class TriageReferralController {
  constructor(private readonly handler: TriageReferralHandler) {}

  @Command({
    action: 'triage-referral',
    summary: 'Triage a referral',
    description:
      'A registered clinician says how soon, and how much risk. It may be done again until something is decided.',
    may: ['triage-clinician'],
    ifMatch: true,
    body: TriageReferralBody,
    example: { priority: 'urgent', riskBand: 'medium' },
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000010',
      version: 2,
      status: 'received',
      links: { self: '/referrals/0199b6a0-0000-7000-8000-000000000010' },
    },
  })
  @Post(':id/triage')
  triage(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() { triagedAt, immediateRiskPassed, explanation, ...found }: TriageReferralBody,
  ): Promise<Outcome> {
    return this.handler.triage(context, id, {
      ...found,
      immediateRiskPassed: immediateRiskPassed ?? false,
      explanation: explanation ?? undefined,
      triagedAt: triagedAt ? new Date(triagedAt) : undefined,
    });
  }
}
