import { Command, Context, IsInstant } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { RecordInformationHandler } from './record-information';

export class RecordInformationBody {
  @ApiProperty({ description: 'What came, or that nothing will.' })
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  @Matches(/\S/, { message: '$property must hold a word' })
  words!: string;

  @ApiProperty({ description: 'When it came. Now, if absent.' })
  @IsOptional()
  @IsInstant()
  receivedAt?: string;
}

@Controller('referrals')
export class RecordInformationController {
  constructor(private readonly handler: RecordInformationHandler) {}

  @Command({
    action: 'record-information',
    summary: 'Record what came',
    description: 'What was asked for came, all of it or as much as will come. It can be decided.',
    may: ['intake', 'triage-clinician', 'team-lead'],

    body: RecordInformationBody,
    example: { words: 'The practice sent the list of medicines.' },
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000010',
      version: 2,
      status: 'received',
      links: { self: '/referrals/0199b6a0-0000-7000-8000-000000000010' },
    },
  })
  @Post(':id/record-information')
  record(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() { words, receivedAt }: RecordInformationBody,
  ): Promise<Outcome> {
    return this.handler.record(context, id, { words, receivedAt: receivedAt ? new Date(receivedAt) : undefined });
  }
}
