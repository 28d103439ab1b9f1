import { ASKED_OF, INFORMATION_ITEMS, type AskedOf, type InformationItem } from '@homeward/contracts';
import { Command, Context, IsInstant } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
} from 'class-validator';
import { RequestInformationHandler } from './request-information';

export class RequestInformationBody {
  @ApiProperty({ description: 'What is missing.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(INFORMATION_ITEMS, { each: true })
  itemCodes!: InformationItem[];

  @ApiProperty({ description: 'Who is asked.' })
  @IsIn(ASKED_OF)
  askedOf!: AskedOf;

  @ApiProperty({
    description: 'By when: a day, within five working days (our default), which is what it is if absent.',
  })
  @IsOptional()
  @Matches(/^\d{4}-\d\d-\d\d$/, { message: 'dueOn must be a day such as 2026-12-02' })
  @IsISO8601({ strict: true })
  dueOn?: string;

  @ApiProperty({ description: 'What exactly is asked, in words.' })
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  @Matches(/\S/, { message: '$property must hold a word' })
  question!: string;

  @ApiProperty({ description: 'When it was asked. Now, if absent.' })
  @IsOptional()
  @IsInstant()
  askedAt?: string;
}

@Controller('referrals')
export class RequestInformationController {
  constructor(private readonly handler: RequestInformationHandler) {}

  @Command({
    action: 'request-information',
    summary: 'Ask for information',
    description: 'It cannot be decided yet. Your intake goes on holding the person, and the clock keeps running.',
    may: ['intake', 'triage-clinician', 'team-lead'],
    ifMatch: true,
    body: RequestInformationBody,
    example: {
      itemCodes: ['risk', 'medication'],
      askedOf: 'gp',
      question: 'Which medicines does Sam take, and since when?',
    },
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000010',
      version: 2,
      status: 'awaiting-information',
      links: { self: '/referrals/0199b6a0-0000-7000-8000-000000000010' },
    },
  })
  @Post(':id/request-information')
  request(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() { askedAt, dueOn, ...asked }: RequestInformationBody,
  ): Promise<Outcome> {
    return this.handler.request(context, id, {
      ...asked,
      dueOn: dueOn ?? undefined,
      askedAt: askedAt ? new Date(askedAt) : undefined,
    });
  }
}
