import { Command, Context, IsInstant, toInstant } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { toNamed, WhoAnswers } from '../../adapters/named.dto';
import { AcceptTransfer } from './accept-transfer';

export class TransferAcceptance extends WhoAnswers {
  @ApiProperty({ format: 'date-time', description: 'When the receiving team means to begin.' })
  @IsInstant()
  startsAt!: string;
}

@Controller('transfers')
export class AcceptTransferController {
  constructor(private readonly handler: AcceptTransfer) {}

  @Command({
    action: 'accept-transfer',
    summary: 'Agree to take over, and name who will answer',
    description: 'For the receiving team. Nothing switches yet: the other team stays accountable (TRF-04).',
    may: ['team-lead', 'coordinator'],
    ifMatch: true,
    body: TransferAcceptance,
    example: { coordinatorId: '0a3c1d52-5b0e-4f0e-8a51-000000000006', startsAt: '2026-11-30T09:00:00Z' },
  })
  @Post(':id/accept')
  accept(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() body: TransferAcceptance,
  ): Promise<Outcome> {
    return this.handler.accept(context, id, { ...toNamed(body), startsAt: toInstant(body.startsAt) });
  }
}
