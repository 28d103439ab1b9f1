import { Command, Context, IsInstant, toInstant } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import { toNamed, WhoAnswers } from '../../adapters/named.dto';
import { MoveHospitalStay } from './move-hospital-stay';

export class HospitalMove extends WhoAnswers {
  @ApiProperty({ format: 'uuid', description: 'The hospital team that answers from the move on.' })
  @IsUUID()
  teamId!: string;

  @ApiProperty({ required: false, format: 'date-time', description: 'May lie in the past; now unless given.' })
  @IsOptional()
  @IsInstant()
  movedAt?: string;
}

@Controller('hospital-stays')
export class MoveHospitalStayController {
  constructor(private readonly handler: MoveHospitalStay) {}

  @Command({
    action: 'move-hospital-stay',
    summary: 'Record that somebody moved to another hospital or ward',
    description: 'A fact: recorded from any state, early or late, with `warnings` (DEC-01).',
    may: ['intake', 'team-lead', 'coordinator', 'manager'],
    body: HospitalMove,
    example: {
      teamId: '0199b6a0-0000-7000-8000-0000000000a6',
      coordinatorId: '0a3c1d52-5b0e-4f0e-8a51-000000000010',
      movedAt: '2026-11-22T10:00:00Z',
    },
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000070',
      version: 2,
      status: 'in-hospital',
      links: { self: '/hospital-stays/0199b6a0-0000-7000-8000-000000000070' },
    },
  })
  @Post(':id/move')
  move(@Context() context: CommandContext, @Param('id') id: string, @Body() body: HospitalMove): Promise<Outcome> {
    const { teamId, movedAt } = body;
    return this.handler.move(context, id, {
      teamId,
      occurredAt: movedAt ? toInstant(movedAt) : undefined,
      ...toNamed(body),
    });
  }
}
