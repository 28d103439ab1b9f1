import {
  CARE_CONTACT_OUTCOMES,
  CARE_CONTACT_PURPOSES,
  CARE_CONTACT_WAYS,
  CARE_CONTACT_WITH,
  type CareContactOutcome,
  type CareContactPurpose,
  type CareContactWay,
  type CareContactWith,
} from '@homeward/contracts';
import { Command, Context, IsInstant } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { RecordCareContactHandler } from './record-care-contact';

export class RecordCareContactBody {
  @ApiProperty({ description: 'When it was, or was to be. Now, if absent.' })
  @IsOptional()
  @IsInstant()
  at?: string;

  @ApiProperty()
  @IsIn(CARE_CONTACT_WAYS)
  way!: CareContactWay;

  @ApiProperty({ description: 'With the person, or with a carer where the person cannot.' })
  @IsIn(CARE_CONTACT_WITH)
  withWhom!: CareContactWith;

  @ApiProperty({ description: 'Whether it came about.' })
  @IsIn(CARE_CONTACT_OUTCOMES)
  outcome!: CareContactOutcome;

  @ApiProperty({ default: 'care', description: '`waiting-well`: to hear how somebody is who waits.' })
  @IsOptional()
  @IsIn(CARE_CONTACT_PURPOSES)
  purpose?: CareContactPurpose;
}

@Controller('referrals')
export class RecordCareContactController {
  constructor(private readonly handler: RecordCareContactHandler) {}

  @Command({
    action: 'record-care-contact',
    summary: 'Record a contact with the person',
    description:
      'Somebody was in touch about the referral, or tried to be; also once it is decided. The first contact for care that was attended, and was no letter, ends the wait.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator'],
    body: RecordCareContactBody,
    example: { at: '2026-11-26T14:00:00Z', way: 'face-to-face', withWhom: 'person', outcome: 'attended' },
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000010',
      version: 3,
      status: 'accepted',
      links: { self: '/referrals/0199b6a0-0000-7000-8000-000000000010' },
    },
  })
  @Post(':id/care-contacts')
  record(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() { at, way, withWhom, outcome, purpose }: RecordCareContactBody,
  ): Promise<Outcome> {
    const contact = { at: at ? new Date(at) : undefined, way, withWhom, outcome, purpose: purpose ?? 'care' };
    return this.handler.record(context, id, contact);
  }
}
