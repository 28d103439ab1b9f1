import { PRIORITIES, type Priority } from '@homeward/contracts';
import { Context, Creation, IsInstant } from '@homeward/http';
import { DomainError, uuidv7 } from '@homeward/kernel';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { listed, PRIMARY_REASON, SOURCE_OF_REFERRAL } from '../../domain/national-codes';
import { CONSENTS, type Request } from '../../domain/referral';
import { EXAMPLE_REFERRAL, EXAMPLE_REFERRAL_ANSWER } from './receive-referral.example';
import { ReceiveReferralHandler } from './receive-referral';
import { ReferredPersonBody } from './referred-person.body';

export class ReceiveReferralBody {
  @ApiProperty({ description: 'The person, for who knows their id; else `person`.' })
  @IsOptional()
  @IsUUID()
  personId?: string;

  @ApiProperty({ description: 'What you know of the person.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ReferredPersonBody)
  person?: ReferredPersonBody;

  @ApiProperty({ description: 'The intake that it is sent to.' })
  @IsUUID()
  intakeTeamId!: string;

  @ApiProperty({ description: `National list: ${listed(SOURCE_OF_REFERRAL)}.` })
  @IsIn(Object.keys(SOURCE_OF_REFERRAL))
  sourceCode!: string;

  @ApiProperty({ description: `National list: ${listed(PRIMARY_REASON)}.` })
  @IsIn(Object.keys(PRIMARY_REASON))
  primaryReasonCode!: string;

  @ApiProperty({ description: 'How soon help is needed, as you see it.' })
  @IsIn(PRIORITIES)
  priority!: Priority;

  @ApiProperty({ description: 'Somebody may come to harm now. The answer then says whom to ring.' })
  @IsBoolean()
  immediateRisk!: boolean;

  @ApiProperty({ description: 'Whether the person agreed, or it was decided in their best interests.' })
  @IsIn(CONSENTS)
  consent!: Request['consent'];

  @ApiProperty({ description: 'What is happening and what would help, in your words.' })
  @IsString()
  @MinLength(1)
  @MaxLength(4000)
  @Matches(/\S/, { message: '$property must hold a word' })
  reason!: string;

  @ApiProperty({
    description: 'When it first reached the provider. Now, if absent.',
  })
  @IsOptional()
  @IsInstant()
  receivedAt?: string;
}

@Controller('referrals')
export class ReceiveReferralController {
  constructor(private readonly handler: ReceiveReferralHandler) {}

  @Creation({
    action: 'receive-referral',
    summary: 'Refer a person',
    description:
      'Anyone may refer. Name the person by `personId` or say what you know of them in `person`; you are not told whether they were known. From this moment the intake holds the person.',
    may: ['referrer', 'intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager', 'person'],
    body: ReceiveReferralBody,
    example: EXAMPLE_REFERRAL,
    answers: EXAMPLE_REFERRAL_ANSWER,
  })
  @Post()
  receive(@Context() context: CommandContext, @Body() body: ReceiveReferralBody): Promise<Outcome> {
    const { personId, person, receivedAt, ...stated } = body;
    return this.handler.receive(context, {
      ...stated,
      id: uuidv7(),
      person: personOf(personId, person),
      receivedAt: receivedAt ? new Date(receivedAt) : undefined,
    });
  }
}

/** An optional field may also be sent as null. */
function personOf(id?: string | null, details?: ReferredPersonBody | null) {
  if (id && !details) return { id };
  if (details && !id) return details;
  throw new DomainError('person-once', 'Give either personId or person, and not both.', 'rule', 'DEC-33');
}
