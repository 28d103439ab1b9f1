import { Command, Context, IsDay } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { LiftHomeRestriction } from './lift-home-restriction';

export class LiftHomeRestrictionBody {
  @ApiProperty({ format: 'date', description: 'The first day of the home.' })
  @IsDay()
  from!: string;
}

@Controller('people')
export class LiftHomeRestrictionController {
  constructor(private readonly handler: LiftHomeRestriction) {}

  @Command({
    action: 'lift-home-restriction',
    summary: 'A home of a person may be learnt again',
    description:
      'One home, named by its first day: whoever sees the person sees it from now on. For who may learn it while it is restricted. What was sent when the person was registered stays withheld.',
    may: ['team-lead', 'coordinator'],
    body: LiftHomeRestrictionBody,
    example: { from: '2026-11-25' },
    answers: {
      id: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      version: 3,
      status: 'registered',
      links: { self: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b' },
    },
  })
  @Post(':id/lift-home-restriction')
  lift(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() { from }: LiftHomeRestrictionBody,
  ): Promise<Outcome> {
    return this.handler.lift(context, id, from);
  }
}
