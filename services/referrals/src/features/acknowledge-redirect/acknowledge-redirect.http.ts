import { Command, Context, IsInstant } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { AcknowledgeRedirectHandler } from './acknowledge-redirect';

export class AcknowledgeRedirectBody {
  @ApiProperty({ description: 'When it was acknowledged. Now, if absent.' })
  @IsOptional()
  @IsInstant()
  acknowledgedAt?: string;
}

@Controller('referrals')
export class AcknowledgeRedirectController {
  constructor(private readonly handler: AcknowledgeRedirectHandler) {}

  @Command({
    action: 'acknowledge-redirect',
    summary: 'Acknowledge a redirect',
    description: 'For the intake that it was passed on to. From this moment it holds the person, and decides.',
    may: ['intake', 'triage-clinician', 'team-lead'],
    ifMatch: true,
    body: AcknowledgeRedirectBody,
    example: { acknowledgedAt: '2026-11-25T09:30:00Z' },
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000010',
      version: 2,
      status: 'received',
      links: { self: '/referrals/0199b6a0-0000-7000-8000-000000000010' },
    },
  })
  @Post(':id/acknowledge-redirect')
  acknowledge(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() { acknowledgedAt }: AcknowledgeRedirectBody,
  ): Promise<Outcome> {
    return this.handler.acknowledge(context, id, acknowledgedAt ? new Date(acknowledgedAt) : undefined);
  }
}
