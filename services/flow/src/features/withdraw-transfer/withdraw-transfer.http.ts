import { Command, Context } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { WITHDRAWAL_REASONS, type Withdrawn } from '../../domain/transfer';
import { WithdrawTransfer } from './withdraw-transfer';

export class TransferWithdrawal {
  @ApiProperty({ enum: WITHDRAWAL_REASONS, description: 'Why.' })
  @IsIn(WITHDRAWAL_REASONS)
  reasonCode!: Withdrawn['reasonCode'];
}

@Controller('transfers')
export class WithdrawTransferController {
  constructor(private readonly handler: WithdrawTransfer) {}

  @Command({
    action: 'withdraw-transfer',
    summary: 'Take a proposal back',
    description: 'For the team that asked, until completion. It stays accountable (TRF-01).',
    may: ['team-lead', 'coordinator'],
    ifMatch: true,
    body: TransferWithdrawal,
    example: { reasonCode: 'no-longer-needed' },
  })
  @Post(':id/withdraw')
  withdraw(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() said: TransferWithdrawal,
  ): Promise<Outcome> {
    return this.handler.withdraw(context, id, said);
  }
}
