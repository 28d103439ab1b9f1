import { PRIORITIES, type Priority } from '@homeward/contracts';
import { Command, Context, IsInstant } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { AcceptReferralHandler } from './accept-referral';

export class DutyHolderBody {
  @IsUUID()
  practitionerId!: string;

  @ApiProperty({ description: 'When this duty ends: within five working days (our default).' })
  @IsInstant()
  until!: string;
}

export class AcceptReferralBody {
  @ApiProperty({ description: 'The team that takes the person on.' })
  @IsUUID()
  teamId!: string;

  @ApiProperty({ description: 'The co-ordinator; else `dutyHolder`.' })
  @IsOptional()
  @IsUUID()
  coordinatorId?: string;

  @ApiProperty({ description: 'Who answers until a co-ordinator is named.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => DutyHolderBody)
  dutyHolder?: DutyHolderBody;

  @ApiProperty({ description: 'As decided: as triaged, if absent, and not less severe than that.' })
  @IsOptional()
  @IsIn(PRIORITIES)
  priority?: Priority;

  @ApiProperty({ description: 'When it was decided. Now, if absent.' })
  @IsOptional()
  @IsInstant()
  acceptedAt?: string;
}

@Controller('referrals')
export class AcceptReferralController {
  constructor(private readonly handler: AcceptReferralHandler) {}

  @Command({
    action: 'accept-referral',
    summary: 'Accept a referral',
    description: 'A team takes the person on, and somebody of it answers by name: a co-ordinator, or a duty holder.',
    may: ['triage-clinician', 'intake', 'team-lead'],
    ifMatch: true,
    body: AcceptReferralBody,
    example: {
      teamId: '0199b6a0-0000-7000-8000-0000000000a2',
      coordinatorId: '0a3c1d52-5b0e-4f0e-8a51-000000000004',
      priority: 'urgent',
    },
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000010',
      version: 2,
      status: 'accepted',
      links: { self: '/referrals/0199b6a0-0000-7000-8000-000000000010' },
    },
  })
  @Post(':id/accept')
  accept(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() { teamId, coordinatorId, dutyHolder, priority, acceptedAt }: AcceptReferralBody,
  ): Promise<Outcome> {
    return this.handler.accept(context, id, {
      teamId,
      // An optional field may also be sent as null.
      priority: priority ?? undefined,
      coordinatorId: coordinatorId ?? undefined,
      dutyHolder: dutyHolder ? { ...dutyHolder, until: new Date(dutyHolder.until) } : undefined,
      acceptedAt: acceptedAt ? new Date(acceptedAt) : undefined,
    });
  }
}
