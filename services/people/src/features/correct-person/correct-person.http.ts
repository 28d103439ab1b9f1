import { BASES } from '@homeward/contracts';
import { Command, Context, IsDay } from '@homeward/http';
import { uuidv7 } from '@homeward/kernel';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import type { Correction } from '../../domain/correction';
import { ABSENT_REASONS, type AbsentReason, type Basis } from '../../domain/person';
import { CorrectPerson } from './correct-person';

/** May be left out, but not null: a correction says how it is. */
const IfSent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

export class CorrectPersonBody implements Correction {
  @ApiProperty({ required: false, maxLength: 20, description: 'Takes the place of the reason why there was none.' })
  @IfSent()
  @IsString()
  @MaxLength(20)
  nhsNumber?: string;

  @ApiProperty({ required: false, enum: ABSENT_REASONS, description: 'Takes the place of the number.' })
  @IfSent()
  @IsIn(ABSENT_REASONS)
  nhsNumberAbsentReason?: AbsentReason;

  @ApiProperty({ required: false, maxLength: 100 })
  @IfSent()
  @IsString()
  @Matches(/\S/, { message: '$property must hold a word' })
  @MaxLength(100)
  givenName?: string;

  @ApiProperty({ required: false, maxLength: 100 })
  @IfSent()
  @IsString()
  @Matches(/\S/, { message: '$property must hold a word' })
  @MaxLength(100)
  familyName?: string;

  @ApiProperty({ required: false, format: 'date' })
  @IfSent()
  @IsDay()
  birthDate?: string;

  @ApiProperty({ required: false, enum: BASES })
  @IfSent()
  @IsIn(BASES)
  basis?: Basis;
}

@Controller('people')
export class CorrectPersonController {
  constructor(private readonly handler: CorrectPerson) {}

  @Command({
    action: 'correct-person',
    summary: 'Correct what is known of a person',
    description:
      'Send what was wrong, as it is right. It is answered in the same way whether a number is somebody else’s already; then it is for people to settle who this is. Where somebody lives is told as a home.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager'],
    ifMatch: true,
    body: CorrectPersonBody,
    example: { birthDate: '1994-05-18', basis: 'autism' },
    answers: {
      id: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      version: 2,
      status: 'registered',
      links: { self: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b' },
    },
  })
  @Post(':id/correct')
  correct(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() body: CorrectPersonBody,
  ): Promise<Outcome> {
    const sent = Object.entries(body).filter(([, value]) => value !== undefined);
    return this.handler.correct(context, id, Object.fromEntries(sent), uuidv7());
  }
}
