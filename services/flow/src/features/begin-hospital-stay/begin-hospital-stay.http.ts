import { Context, Creation, IsInstant, toInstant } from '@homeward/http';
import { uuidv7 } from '@homeward/kernel';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import { toNamed, WhoAnswers } from '../../adapters/named.dto';
import { BeginHospitalStay } from './begin-hospital-stay';

export class NewHospitalStay extends WhoAnswers {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  personId!: string;

  @ApiProperty({ format: 'uuid', description: 'The hospital team that answers from the admission on.' })
  @IsUUID()
  teamId!: string;

  @ApiProperty({ required: false, format: 'date-time', description: 'May lie in the past; now unless given.' })
  @IsOptional()
  @IsInstant()
  admittedAt?: string;
}

@Controller('hospital-stays')
export class BeginHospitalStayController {
  constructor(private readonly handler: BeginHospitalStay) {}

  @Creation({
    action: 'begin-hospital-stay',
    summary: 'Record that somebody was admitted to a hospital',
    description:
      'For the hospital, and for who has a right to the person. A fact: recorded from any state, early or late, with `warnings`. The hospital team is accountable that instant; the community team and its co-ordinator stay named beside it, and open transfers are superseded (DEC-01, DEC-02).',
    may: ['intake', 'team-lead', 'coordinator', 'manager'],
    body: NewHospitalStay,
    example: {
      personId: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      teamId: '0199b6a0-0000-7000-8000-0000000000a5',
      coordinatorId: '0a3c1d52-5b0e-4f0e-8a51-000000000009',
      admittedAt: '2026-11-20T22:30:00Z',
    },
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000070',
      version: 1,
      status: 'in-hospital',
      links: { self: '/hospital-stays/0199b6a0-0000-7000-8000-000000000070' },
    },
  })
  @Post()
  begin(@Context() context: CommandContext, @Body() body: NewHospitalStay): Promise<Outcome> {
    const { personId, teamId, admittedAt } = body;
    const occurredAt = admittedAt ? toInstant(admittedAt) : undefined;
    return this.handler.begin(context, { id: uuidv7(), personId, teamId, occurredAt, ...toNamed(body) });
  }
}
