import { NEED_CODES, type NeedCode } from '@homeward/contracts';
import { Context, Creation, IsDay } from '@homeward/http';
import { uuidv7 } from '@homeward/kernel';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { RecordNeed } from './record-need';

export class RecordNeedBody {
  @ApiProperty({ enum: NEED_CODES, description: 'What the person needs.' })
  @IsIn(NEED_CODES)
  code!: NeedCode;

  @ApiProperty({ required: false, description: 'Of an interpreter: the ISO 639 code of the language.' })
  @IsOptional()
  @Matches(/^[a-z]{2,3}$/, { message: '$property must be an ISO 639 code such as pl' })
  language?: string;

  @ApiProperty({ required: false, description: 'What helps, in the person’s words.' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  @Matches(/\S/, { message: '$property must hold a word' })
  words?: string;

  @ApiProperty({ required: false, format: 'date', description: 'Since when. Today, if absent and not known before.' })
  @IsOptional()
  @IsDay()
  since?: string;

  @ApiProperty({
    required: false,
    format: 'date',
    description: 'By when somebody asks again. As far ahead as rule FLG-03 says, if absent, and no later.',
  })
  @IsOptional()
  @IsDay()
  reviewBy?: string;
}

@Controller('people')
export class RecordNeedController {
  constructor(private readonly handler: RecordNeed) {}

  @Creation({
    action: 'record-need',
    summary: 'A person needs something to be told things, or to take part',
    description:
      'Asked of the person, and shown from then on wherever the person is. Told again of a need that holds, it was looked at again: it keeps its id, and its words unless others are sent.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager'],
    body: RecordNeedBody,
    example: { code: 'easy-read', words: 'Big pictures, and somebody to read it with.' },
    answers: {
      id: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      version: 2,
      status: 'registered',
      links: { self: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b' },
      needId: '0199b6a0-0000-7000-8000-000000000060',
    },
  })
  @Post(':id/needs')
  record(@Context() context: CommandContext, @Param('id') id: string, @Body() body: RecordNeedBody): Promise<Outcome> {
    const sent = Object.entries(body).filter(([, value]) => value !== undefined && value !== null);
    return this.handler.record(context, id, Object.fromEntries(sent) as RecordNeedBody, uuidv7());
  }
}
