import { Context, Creation, IsDay } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { PersonHome } from '../../adapters/person-details.dto';
import type { NewHome } from '../../domain/homes';
import { BeginHome } from './begin-home';

export class BeginHomeBody extends PersonHome implements NewHome {
  @ApiProperty({
    format: 'date',
    description: 'The first day. It may lie in the past, or as far ahead as rule HOME-01 says.',
  })
  @IsDay()
  from!: string;
}

@Controller('people')
export class BeginHomeController {
  constructor(private readonly handler: BeginHome) {}

  @Creation({
    action: 'begin-home',
    summary: 'A person lives somewhere from a day on',
    description:
      'A fact, late or early: it holds until the day on which the next home begins. Told again of the same day, it takes the place of what was told before. While a home is restricted a new one is too, unless `restricted` is sent as false; a warning says which.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager'],
    body: BeginHomeBody,
    example: { from: '2026-11-25', lines: ['2 Example Street'], postcode: 'ZZ99 3VZ', responsibleIcb: 'QZ1' },
    answers: {
      id: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      version: 2,
      status: 'registered',
      links: { self: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b' },
    },
  })
  @Post(':id/homes')
  begin(@Context() context: CommandContext, @Param('id') id: string, @Body() body: BeginHomeBody): Promise<Outcome> {
    return this.handler.begin(context, id, { ...body });
  }
}
