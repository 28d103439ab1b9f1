import { DECLINE_REASONS, type DeclineReason } from '@homeward/contracts';
import { Command, Context } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { ALTERNATIVES, type Declined } from '../../domain/transfer';
import { DeclineTransfer } from './decline-transfer';

export class TransferRefusal {
  @ApiProperty({
    enum: DECLINE_REASONS,
    description: 'Why. `capacity` is no reason for an emergency, or for something very urgent or urgent: escalate it.',
  })
  @IsIn(DECLINE_REASONS)
  reasonCode!: DeclineReason;

  @ApiProperty({ enum: ALTERNATIVES, description: 'What you offer instead: there is always something (TRF-06).' })
  @IsIn(ALTERNATIVES)
  alternativeCode!: Declined['alternativeCode'];

  @ApiProperty({ required: false, description: 'More, in words.' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  @Matches(/\S/, { message: '$property must hold a word' })
  explanation?: string;
}

@Controller('transfers')
export class DeclineTransferController {
  constructor(private readonly handler: DeclineTransfer) {}

  @Command({
    action: 'decline-transfer',
    summary: 'Say no, and what you offer instead',
    description: 'For the receiving team. The other team stays accountable, and may ask again (TRF-01, TRF-06).',
    may: ['team-lead', 'coordinator'],
    ifMatch: true,
    body: TransferRefusal,
    example: { reasonCode: 'criteria-not-met', alternativeCode: 'joint-review' },
  })
  @Post(':id/decline')
  decline(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() { explanation, ...said }: TransferRefusal,
  ): Promise<Outcome> {
    return this.handler.decline(context, id, { ...said, explanation: explanation ?? undefined });
  }
}
