import { Command, Context, IsDay } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { RestrictHome } from './restrict-home';

export class RestrictHomeBody {
  @ApiProperty({
    required: false,
    format: 'date',
    description: 'The first day of one home. The home of today and all that follow it, if absent.',
  })
  @IsOptional()
  @IsDay()
  from?: string;
}

@Controller('people')
export class RestrictHomeController {
  constructor(private readonly handler: RestrictHome) {}

  @Command({
    action: 'restrict-home',
    summary: 'Nobody may learn where a person lives',
    description:
      'From now on the address is withheld from everybody but the person, who co-ordinates, and the members of the accountable team, and so is what was sent when the person was registered. Homes recorded later are restricted too.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager'],
    body: RestrictHomeBody,
    example: {},
    answers: {
      id: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      version: 3,
      status: 'registered',
      links: { self: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b' },
    },
  })
  @Post(':id/restrict-home')
  restrict(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() { from }: RestrictHomeBody,
  ): Promise<Outcome> {
    return this.handler.restrict(context, id, from ?? undefined);
  }
}
