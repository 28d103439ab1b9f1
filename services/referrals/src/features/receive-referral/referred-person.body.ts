import { BASES } from '@homeward/contracts';
import { IsOdsCode } from '@homeward/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { PersonDetails } from '../../adapters/registrations';

export class ReferredPersonHome {
  @ApiProperty({ description: 'Lines of the address; none for no fixed abode.' })
  @IsArray()
  @ArrayMaxSize(6)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  lines!: string[];

  @ApiProperty({ description: 'ZZ99 3VZ stands for no fixed abode.' })
  @IsString()
  @MaxLength(10)
  postcode!: string;

  @ApiProperty({ description: 'ODS code of the integrated care board that answers for this home.' })
  @IsOdsCode()
  responsibleIcb!: string;

  @ApiProperty({ description: 'Nobody may learn it but who is named for the person.' })
  @IsOptional()
  @IsBoolean()
  restricted?: boolean;
}

/** What the referrer knows of the person. `people` checks it and keeps it; a referral does not. */
export class ReferredPersonBody implements PersonDetails {
  @ApiProperty({ description: 'Ten digits; spaces and hyphens may stand between.' })
  @IsOptional()
  @IsString()
  @MaxLength(20)
  nhsNumber?: string;

  @ApiProperty({ description: 'Instead of the NHS number: why there is none.' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  nhsNumberAbsentReason?: string;

  @IsString()
  @MaxLength(100)
  givenName!: string;

  @IsString()
  @MaxLength(100)
  familyName!: string;

  @ApiProperty({ format: 'date' })
  @Matches(/^\d{4}-\d\d-\d\d$/, { message: 'birthDate must be a day of the calendar' })
  birthDate!: string;

  @ApiProperty({ type: ReferredPersonHome })
  @IsObject()
  @ValidateNested()
  @Type(() => ReferredPersonHome)
  home!: ReferredPersonHome;

  @ApiProperty({ description: 'A learning disability, autism, both, or not yet known.' })
  @IsIn(BASES)
  basis!: (typeof BASES)[number];
}
