import { REDIRECT_REASONS, type RedirectReason } from '@homeward/contracts';
import { Command, Context, IsInstant } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { RedirectReferralHandler } from './redirect-referral';

export class RedirectReferralBody {
  @ApiProperty({ description: 'An intake, of any organisation.' })
  @IsUUID()
  toTeamId!: string;

  @ApiProperty({ description: 'Why it is theirs to decide.' })
  @IsIn(REDIRECT_REASONS)
  reasonCode!: RedirectReason;

  @ApiProperty({ description: 'Why, in words.' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  @Matches(/\S/, { message: '$property must hold a word' })
  explanation?: string;

  @ApiProperty({ description: 'When it was passed on. Now, if absent.' })
  @IsOptional()
  @IsInstant()
  redirectedAt?: string;
}

@Controller('referrals')
export class RedirectReferralController {
  constructor(private readonly handler: RedirectReferralHandler) {}

  @Command({
    action: 'redirect-referral',
    summary: 'Pass a referral on to another intake',
    description:
      'It came to the wrong door. Until they acknowledge, your intake holds the person, and may still decide.',
    may: ['intake', 'triage-clinician', 'team-lead'],
    ifMatch: true,
    body: RedirectReferralBody,
    example: { toTeamId: '0199b6a0-0000-7000-8000-0000000000b1', reasonCode: 'area' },
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000010',
      version: 2,
      status: 'redirected',
      links: { self: '/referrals/0199b6a0-0000-7000-8000-000000000010' },
    },
  })
  @Post(':id/redirect')
  redirect(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() { redirectedAt, explanation, ...stated }: RedirectReferralBody,
  ): Promise<Outcome> {
    return this.handler.redirect(context, id, {
      ...stated,
      explanation: explanation ?? undefined,
      redirectedAt: redirectedAt ? new Date(redirectedAt) : undefined,
    });
  }
}
