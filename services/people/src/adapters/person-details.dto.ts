import { BASES } from '@homeward/contracts';
import { IsOdsCode } from '@homeward/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { ABSENT_REASONS, type AbsentReason, type Basis, type Home, type PersonDetails } from '../domain/person';

export class PersonHome implements Home {
  @ApiProperty({ type: [String], maxItems: 6, description: 'Lines of the address; none for no fixed abode.' })
  @IsArray()
  @ArrayMaxSize(6)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  lines!: string[];

  @ApiProperty({ description: 'ZZ99 3VZ stands for no fixed abode.', maxLength: 10 })
  @IsString()
  @MaxLength(10)
  postcode!: string;

  @ApiProperty({ description: 'ODS code of the integrated care board that answers for this home.', maxLength: 12 })
  @IsOdsCode()
  responsibleIcb!: string;

  @ApiProperty({
    required: false,
    description: 'Nobody may learn it but the person, who co-ordinates, and the members of the accountable team.',
  })
  @IsOptional()
  @IsBoolean()
  restricted?: boolean;
}

/** A home as everybody sees it who sees the person. */
export class HomeShown {
  @ApiProperty({ required: false, type: [String], description: 'Lines of the address; none for no fixed abode.' })
  lines?: string[];

  @ApiProperty({ required: false, description: 'ZZ99 3VZ stands for no fixed abode.' })
  postcode?: string;

  @ApiProperty({ required: false, description: 'ODS code of the integrated care board that answers for this home.' })
  responsibleIcb?: string;

  @ApiProperty({
    required: false,
    enum: [true],
    description: 'There is an address, and it is restricted: nothing else is shown of it here.',
  })
  withheld?: true;
}

/** What somebody gives of a person when they register them. */
export class PersonDetailsBody {
  @ApiProperty({
    required: false,
    description: 'Ten digits; spaces and hyphens may stand between them.',
    maxLength: 20,
  })
  @IsOptional()
  @IsString()
  @MaxLength(20)
  nhsNumber?: string;

  @ApiProperty({ required: false, enum: ABSENT_REASONS, description: 'Instead of the NHS number: why there is none.' })
  @IsOptional()
  @IsIn(ABSENT_REASONS)
  nhsNumberAbsentReason?: AbsentReason;

  @ApiProperty({ maxLength: 100 })
  @IsString()
  @MaxLength(100)
  givenName!: string;

  @ApiProperty({ maxLength: 100 })
  @IsString()
  @MaxLength(100)
  familyName!: string;

  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true }, { message: 'birthDate must be a day of the calendar' })
  @Matches(/^(18|19|20)\d\d-\d\d-\d\d$/, { message: 'birthDate must be a day of the calendar' })
  birthDate!: string;

  @ApiProperty({ type: PersonHome })
  @IsObject()
  @ValidateNested()
  @Type(() => PersonHome)
  home!: PersonHome;

  @ApiProperty({ enum: BASES, description: 'A learning disability, autism, both, or not yet known.' })
  @IsIn(BASES)
  basis!: Basis;
}

export const toDetails = (body: PersonDetailsBody): PersonDetails => ({
  nhsNumber: body.nhsNumber ?? null,
  nhsNumberAbsentReason: body.nhsNumberAbsentReason ?? null,
  givenName: body.givenName,
  familyName: body.familyName,
  birthDate: body.birthDate,
  home: body.home,
  basis: body.basis,
});

export const DETAILS_EXAMPLE: PersonDetailsBody = {
  nhsNumber: '9990010005',
  givenName: 'Sam',
  familyName: 'Taylor',
  birthDate: '1994-05-17',
  home: { lines: ['1 Example Street'], postcode: 'ZZ99 3VZ', responsibleIcb: 'QZ1' },
  basis: 'both',
};
