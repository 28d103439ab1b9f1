import { PRIORITIES, type Priority } from '@homeward/contracts';
import { Context, Creation, IsInstant, toInstant } from '@homeward/http';
import { uuidv7 } from '@homeward/kernel';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsUUID, Matches } from 'class-validator';
import { ProposeTransfer } from './propose-transfer';

export class NewTransfer {
  @ApiProperty({ format: 'uuid', description: 'The open episode; `/holders/{personId}` names it.' })
  @IsUUID()
  episodeId!: string;

  @ApiProperty({ format: 'uuid', description: 'The team that is asked to take over.' })
  @IsUUID()
  toTeamId!: string;

  @ApiProperty({ description: 'Why, as a code of a local list; never free text.' })
  @Matches(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/, { message: '$property must be a code' })
  reasonCode!: string;

  @ApiProperty({ enum: PRIORITIES, description: 'How soon an answer is needed.' })
  @IsIn(PRIORITIES)
  priority!: Priority;

  @ApiProperty({
    format: 'date-time',
    description: 'When the risks were last assessed: at most 28 days ago (our default).',
  })
  @IsInstant()
  riskAssessedAt!: string;
}

@Controller('transfers')
export class ProposeTransferController {
  constructor(private readonly handler: ProposeTransfer) {}

  @Creation({
    action: 'propose-transfer',
    summary: 'Ask another team to take over',
    description: 'For the accountable team. It stays accountable until the transfer is completed (TRF-01, TRF-04).',
    may: ['coordinator', 'team-lead'],
    body: NewTransfer,
    example: {
      episodeId: '0199b6a0-0000-7000-8000-000000000020',
      toTeamId: '0199b6a0-0000-7000-8000-0000000000a4',
      reasonCode: 'more-intensive-support',
      priority: 'urgent',
      riskAssessedAt: '2026-11-20T10:00:00Z',
    },
  })
  @Post()
  propose(@Context() context: CommandContext, @Body() body: NewTransfer): Promise<Outcome> {
    const riskAssessedAt = toInstant(body.riskAssessedAt);
    return this.handler.propose(context, { ...body, id: uuidv7(), riskAssessedAt });
  }
}
