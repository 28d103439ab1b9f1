import { DISCHARGE_KINDS, type DischargeKind } from '@homeward/contracts';
import { Command, Context, Creation, IsInstant, toInstant } from '@homeward/http';
import { uuidv7 } from '@homeward/kernel';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { toNamed, WhoAnswers } from '../../adapters/named.dto';
import { DischargeHandler, type Discharge } from './discharge';

export class HospitalDischarge extends WhoAnswers {
  @ApiProperty({
    format: 'uuid',
    description:
      'The community team that answers from the discharge on. Without a co-ordinator or duty holder, who stayed named in it does.',
  })
  @IsUUID()
  teamId!: string;

  @ApiProperty({ enum: DISCHARGE_KINDS, description: 'Planned, or who decided otherwise.' })
  @IsIn(DISCHARGE_KINDS)
  kind!: DischargeKind;

  @ApiProperty({ required: false, format: 'date-time', description: 'May lie in the past; now unless given.' })
  @IsOptional()
  @IsInstant()
  dischargedAt?: string;
}

export class UntoldDischarge extends HospitalDischarge {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  personId!: string;
}

const MAY = ['intake' as const, 'team-lead' as const, 'coordinator' as const, 'manager' as const];
const EXAMPLE = {
  teamId: '0199b6a0-0000-7000-8000-0000000000a2',
  kind: 'planned',
  dischargedAt: '2026-11-24T14:00:00Z',
};
const answers = (version: number) => ({
  id: '0199b6a0-0000-7000-8000-000000000070',
  version,
  status: 'ended',
  links: { self: '/hospital-stays/0199b6a0-0000-7000-8000-000000000070' },
});

@Controller('hospital-stays')
export class DischargeController {
  constructor(private readonly handler: DischargeHandler) {}

  @Command({
    action: 'discharge-from-hospital',
    summary: 'Record that somebody was discharged from a hospital',
    description:
      'A fact: recorded from any state, early or late, with `warnings`. The community team is accountable that instant, accepted or not; while it has not accepted, both teams are asked (DEC-02).',
    may: MAY,
    body: HospitalDischarge,
    example: EXAMPLE,
    answers: answers(2),
  })
  @Post(':id/discharge')
  discharge(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() body: HospitalDischarge,
  ): Promise<Outcome> {
    return this.handler.discharge(context, id, toDischarge(body));
  }

  @Creation({
    action: 'record-discharge',
    summary: 'Record a discharge from a hospital stay that nobody had told of',
    description: 'As a discharge; for who has a right to the person. The admission may be told later.',
    may: MAY,
    body: UntoldDischarge,
    example: {
      personId: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      coordinatorId: '0a3c1d52-5b0e-4f0e-8a51-000000000004',
      ...EXAMPLE,
    },
    answers: answers(1),
  })
  @Post('record-discharge')
  record(@Context() context: CommandContext, @Body() body: UntoldDischarge): Promise<Outcome> {
    return this.handler.record(context, uuidv7(), body.personId, toDischarge(body));
  }
}

const toDischarge = (body: HospitalDischarge): Discharge => ({
  teamId: body.teamId,
  dischargeKind: body.kind,
  occurredAt: body.dischargedAt ? toInstant(body.dischargedAt) : undefined,
  ...toNamed(body),
});
