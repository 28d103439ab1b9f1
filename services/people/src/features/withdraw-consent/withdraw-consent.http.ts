import { Command, Context, IsInstant, toInstant } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { WithdrawConsent } from './withdraw-consent';

export class WithdrawConsentBody {
  @ApiProperty({ required: false, format: 'date-time', description: 'When it was withdrawn. Now, if absent.' })
  @IsOptional()
  @IsInstant()
  withdrawnAt?: string;
}

@Controller('people')
export class WithdrawConsentController {
  constructor(private readonly handler: WithdrawConsent) {}

  @Command({
    action: 'withdraw-consent',
    summary: 'A yes is withdrawn',
    description:
      'It counts at once: nothing more is disclosed by it, and who holds copies is told. Whoever says yes again is recorded anew.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager'],
    body: WithdrawConsentBody,
    example: {},
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000060',
      status: 'withdrawn',
      links: {
        person: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
        consents: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b/consents',
      },
    },
  })
  @Post(':id/consents/:consentId/withdraw')
  withdraw(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Param('consentId') consentId: string,
    @Body() { withdrawnAt }: WithdrawConsentBody,
  ): Promise<Outcome> {
    const at = withdrawnAt ? toInstant(withdrawnAt) : undefined;
    return this.handler.withdraw(context, id, consentId, at);
  }
}
