import { Command, Context, IsDay, IsInstant, toInstant } from '@homeward/http';
import { DomainError, uuidv7 } from '@homeward/kernel';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { Died } from '../../domain/known-person';
import { diedAt, RecordDeath } from './record-death';

export class RecordDeathBody {
  @ApiProperty({ required: false, format: 'date', description: 'The day, where no more is known.' })
  @IsOptional()
  @IsDay()
  diedOn?: string;

  @ApiProperty({ required: false, format: 'date-time', description: 'The instant, instead of the day.' })
  @IsOptional()
  @IsInstant()
  diedAt?: string;
}

@Controller('people')
export class RecordDeathController {
  constructor(private readonly handler: RecordDeath) {}

  @Command({
    action: 'record-death',
    summary: 'A person died',
    description:
      'A fact, however late it is told. Clocks, invitations and letters fall silent, contacts read no more, and the review of the death is opened. Told otherwise later, it corrects what was told before.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager'],
    body: RecordDeathBody,
    example: { diedOn: '2026-11-24' },
    answers: {
      id: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      version: 2,
      status: 'died',
      links: { self: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b' },
    },
  })
  @Post(':id/record-death')
  record(@Context() context: CommandContext, @Param('id') id: string, @Body() body: RecordDeathBody): Promise<Outcome> {
    return this.handler.record(context, id, told(body), uuidv7());
  }
}

function told({ diedOn, diedAt: at }: RecordDeathBody): Died {
  if (diedOn && !at) return { on: diedOn, at: null };
  if (at && !diedOn) return diedAt(toInstant(at));
  throw new DomainError('died-when', 'Send diedOn, the day, or diedAt, the instant: one of the two.', 'rule');
}
