import { Command, Context, IsInstant, toInstant } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { CompleteTransfer } from './complete-transfer';

export class TransferCompletion {
  @ApiProperty({ description: 'True: the receiving team has all that it needs. Without it nothing switches (TRF-01).' })
  @IsBoolean()
  handoverComplete!: boolean;

  @ApiProperty({ format: 'date-time', description: 'When the receiving team first met or spoke with the person.' })
  @IsInstant()
  firstContactAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When the person was told who is responsible (TRF-08).' })
  @IsInstant()
  personInformedAt!: string;

  @ApiProperty({ required: false, format: 'date-time', description: 'When it was complete; now unless given.' })
  @IsOptional()
  @IsInstant()
  completedAt?: string;
}

@Controller('transfers')
export class CompleteTransferController {
  constructor(private readonly handler: CompleteTransfer) {}

  @Command({
    action: 'complete-transfer',
    summary: 'Complete a transfer: accountability switches',
    description: 'For either team. In this moment, and not before, the receiving team becomes accountable (TRF-04).',
    may: ['team-lead', 'coordinator'],
    ifMatch: true,
    body: TransferCompletion,
    example: {
      handoverComplete: true,
      firstContactAt: '2026-11-30T10:00:00Z',
      personInformedAt: '2026-11-30T10:15:00Z',
    },
  })
  @Post(':id/complete')
  complete(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() body: TransferCompletion,
  ): Promise<Outcome> {
    const { handoverComplete, firstContactAt, personInformedAt, completedAt } = body;
    return this.handler.complete(context, id, {
      handoverComplete,
      firstContactAt: toInstant(firstContactAt),
      personInformedAt: toInstant(personInformedAt),
      ...(completedAt ? { completedAt: toInstant(completedAt) } : {}),
    });
  }
}
