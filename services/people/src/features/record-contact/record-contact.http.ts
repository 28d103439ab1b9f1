import { AUTHORITIES, CONTACT_KINDS, type Authority, type ContactKind } from '@homeward/contracts';
import { Context, Creation, IsDay } from '@homeward/http';
import { uuidv7 } from '@homeward/kernel';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { RecordContact } from './record-contact';

export class RecordContactBody {
  @ApiProperty({ maxLength: 100 })
  @IsString()
  @MaxLength(100)
  @Matches(/\S/, { message: '$property must hold a word' })
  name!: string;

  @ApiProperty({ enum: CONTACT_KINDS, description: 'What they are to the person.' })
  @IsIn(CONTACT_KINDS)
  is!: ContactKind;

  @ApiProperty({
    enum: AUTHORITIES,
    description:
      'What they act on. `consent` is the person’s own; a lasting power of attorney, or a deputy, is one for health and welfare.',
  })
  @IsIn(AUTHORITIES)
  authority!: Authority;

  @ApiProperty({ description: 'Whether they may be told about the person.' })
  @IsBoolean()
  mayBeTold!: boolean;

  @ApiProperty({ description: 'False: nobody gets in touch with them, for whatever reason.' })
  @IsBoolean()
  mayBeContacted!: boolean;

  @ApiProperty({ required: false, maxLength: 30 })
  @IsOptional()
  @IsString()
  @MaxLength(30)
  telephone?: string;

  @ApiProperty({ required: false, maxLength: 500, description: 'Anything else on how they are reached.' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  howToReach?: string;

  @ApiProperty({
    required: false,
    format: 'uuid',
    description:
      'The `sub` of the account that they sign in with. With it they read the person’s record, where they may be told, as advocate or by an authority that carries it.',
  })
  @IsOptional()
  @IsUUID()
  account?: string;

  @ApiProperty({
    required: false,
    format: 'date',
    description:
      'The first day on which it does not hold any more. Parental responsibility has one, at most as far ahead as rule CONTACT-01 says.',
  })
  @IsOptional()
  @IsDay()
  until?: string;
}

@Controller('people')
export class RecordContactController {
  constructor(private readonly handler: RecordContact) {}

  @Creation({
    action: 'record-contact',
    summary: 'Record a contact of a person, and what they act on',
    description:
      'Family and carers, friends, an advocate. What is to be different is ended and recorded anew. Another advocate ends the one before.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager'],
    body: RecordContactBody,
    example: {
      ...{ name: 'Jo Taylor', is: 'parent', authority: 'consent', mayBeTold: true, mayBeContacted: true },
      telephone: '01632 960123',
    },
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000060',
      status: 'recorded',
      links: {
        person: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
        contacts: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b/contacts',
      },
    },
  })
  @Post(':id/contacts')
  record(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() { name, telephone, howToReach, account, until, ...coded }: RecordContactBody,
  ): Promise<Outcome> {
    return this.handler.record(context, id, uuidv7(), {
      ...coded,
      name: name.trim(),
      telephone: telephone ?? null,
      howToReach: howToReach ?? null,
      // A token's `sub` is compared as text, in lower case.
      account: account ?? null,
      until: until ?? null,
    });
  }
}
