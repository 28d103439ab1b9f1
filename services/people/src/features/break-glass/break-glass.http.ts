import { BREAK_GLASS_REASONS, type BreakGlassReason } from '@homeward/contracts';
import { Command, Context } from '@homeward/http';
import { uuidv7 } from '@homeward/kernel';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { BreakGlassHandler } from './break-glass';

export class BreakGlassBody {
  @ApiProperty({ enum: BREAK_GLASS_REASONS, description: 'Why it cannot wait.' })
  @IsIn(BREAK_GLASS_REASONS)
  reasonCode!: BreakGlassReason;

  @ApiProperty({ required: false, description: 'For who reviews it, who alone reads it; needed for `other`.' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  @Matches(/\S/, { message: '$property must hold a word' })
  words?: string;
}

@Controller('people')
export class BreakGlassController {
  constructor(private readonly handler: BreakGlassHandler) {}

  @Command({
    action: 'break-glass',
    summary: 'Look at a person in an emergency, without a relationship',
    description:
      'For four hours you, and nobody else of your organisation, may read what is recorded of the person. Every look is recorded, your privacy officer is told, and somebody else than you reviews it. Nothing can be changed by it.',
    may: ['triage-clinician', 'team-lead', 'coordinator', 'privacy'],
    body: BreakGlassBody,
    example: { reasonCode: 'emergency-care' },
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000050',
      status: 'open',
      until: '2026-11-25T13:00:00.000000Z',
      links: { person: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b' },
    },
  })
  @Post(':id/break-glass')
  look(@Context() context: CommandContext, @Param('id') id: string, @Body() body: BreakGlassBody): Promise<Outcome> {
    return this.handler.look(context, id, { id: uuidv7(), reasonCode: body.reasonCode, words: body.words });
  }
}
