import { BREAK_GLASS_OUTCOMES, type BreakGlassOutcome } from '@homeward/contracts';
import { Command, Context } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { ReviewBreakGlass } from './review-break-glass';

export class BreakGlassReviewBody {
  @ApiProperty({ enum: BREAK_GLASS_OUTCOMES, description: 'One that was not justified ends at once.' })
  @IsIn(BREAK_GLASS_OUTCOMES)
  outcome!: BreakGlassOutcome;

  @ApiProperty({ required: false, description: 'What was found; it stays with the look.' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  @Matches(/\S/, { message: '$property must hold a word' })
  words?: string;
}

@Controller('break-glass')
export class ReviewBreakGlassController {
  constructor(private readonly handler: ReviewBreakGlass) {}

  @Command({
    action: 'review-break-glass',
    summary: 'Say whether a look by break-glass was justified',
    description: 'By the privacy role of the organisation of who looked, and by somebody else than who looked. Once.',
    may: ['privacy'],
    body: BreakGlassReviewBody,
    example: { outcome: 'justified' },
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000050',
      status: 'justified',
      links: { self: '/break-glass/0199b6a0-0000-7000-8000-000000000050' },
    },
  })
  @Post(':id/review')
  review(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() { outcome, words }: BreakGlassReviewBody,
  ): Promise<Outcome> {
    return this.handler.review(context, id, { outcome, words });
  }
}
