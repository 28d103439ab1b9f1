import { Command, Context, IsInstant } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { WithdrawRedirectHandler } from './withdraw-redirect';

export class WithdrawRedirectBody {
  @ApiProperty({ description: 'When it was taken back. Now, if absent.' })
  @IsOptional()
  @IsInstant()
  withdrawnAt?: string;
}

@Controller('referrals')
export class WithdrawRedirectController {
  constructor(private readonly handler: WithdrawRedirectHandler) {}

  @Command({
    action: 'withdraw-redirect',
    summary: 'Take a redirect back',
    description: 'For the intake that passed it on, until the other acknowledges.',
    may: ['intake', 'triage-clinician', 'team-lead'],
    ifMatch: true,
    body: WithdrawRedirectBody,
    example: { withdrawnAt: '2026-11-25T09:30:00Z' },
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000010',
      version: 2,
      status: 'received',
      links: { self: '/referrals/0199b6a0-0000-7000-8000-000000000010' },
    },
  })
  @Post(':id/withdraw-redirect')
  withdraw(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() { withdrawnAt }: WithdrawRedirectBody,
  ): Promise<Outcome> {
    return this.handler.withdraw(context, id, withdrawnAt ? new Date(withdrawnAt) : undefined);
  }
}
