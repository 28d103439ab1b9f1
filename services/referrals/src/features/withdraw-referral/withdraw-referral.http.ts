import { CLOSING_REASONS, type ClosingReason } from '@homeward/contracts';
import { Command, Context, IsInstant } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { CAPACITIES, type Closing } from '../../domain/closing';
import { WithdrawReferralHandler } from './withdraw-referral';

/** A death is told to the person index, not here. */
const REASONS = CLOSING_REASONS.filter((reason) => reason !== 'died');

export class WithdrawReferralBody {
  @ApiProperty({ description: 'Why.' })
  @IsIn(REASONS)
  reasonCode!: Exclude<ClosingReason, 'died'>;

  @ApiProperty({ description: 'Where the person said no: whether they had the capacity to decide it.' })
  @IsOptional()
  @IsIn(CAPACITIES)
  capacity?: Closing['capacity'];

  @ApiProperty({ description: 'More, in words.' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  @Matches(/\S/, { message: '$property must hold a word' })
  explanation?: string;

  @ApiProperty({ description: 'When it was said. Now, if absent.' })
  @IsOptional()
  @IsInstant()
  withdrawnAt?: string;
}

@Controller('referrals')
export class WithdrawReferralController {
  constructor(private readonly handler: WithdrawReferralHandler) {}

  @Command({
    action: 'withdraw-referral',
    summary: 'Withdraw a referral',
    description:
      'For the intake, whoever referred, and the person themself. Somebody’s wish is never refused while the referral is open; it is final.',
    may: ['intake', 'triage-clinician', 'team-lead', 'referrer', 'person'],

    body: WithdrawReferralBody,
    example: { reasonCode: 'said-no', capacity: 'has-capacity' },
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000010',
      version: 2,
      status: 'closed',
      links: { self: '/referrals/0199b6a0-0000-7000-8000-000000000010' },
    },
  })
  @Post(':id/withdraw')
  withdraw(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() { withdrawnAt, capacity, explanation, reasonCode }: WithdrawReferralBody,
  ): Promise<Outcome> {
    return this.handler.withdraw(context, id, {
      reasonCode,
      capacity: capacity ?? undefined,
      explanation: explanation ?? undefined,
      withdrawnAt: withdrawnAt ? new Date(withdrawnAt) : undefined,
    });
  }
}
