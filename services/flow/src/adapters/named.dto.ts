import { IsInstant, toInstant } from '@homeward/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import type { Named } from '../domain/responsibility';

export class DutyHolder {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  practitionerId!: string;

  @ApiProperty({ format: 'date-time', description: 'When the duty ends: within 5 working days (our default, DEC-04).' })
  @IsInstant()
  until!: string;
}

/** Who answers in a team: exactly one of the two. */
export class WhoAnswers {
  @ApiProperty({ required: false, format: 'uuid', description: 'Who co-ordinates: somebody in the team.' })
  @IsOptional()
  @IsUUID()
  coordinatorId?: string;

  @ApiProperty({ required: false, type: DutyHolder, description: 'Or who is on duty until a co-ordinator is named.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => DutyHolder)
  dutyHolder?: DutyHolder;
}

export const toNamed = ({ coordinatorId, dutyHolder }: WhoAnswers): Named => ({
  coordinatorId: coordinatorId ?? undefined,
  dutyHolder: dutyHolder ? { ...dutyHolder, until: toInstant(dutyHolder.until) } : undefined,
});
