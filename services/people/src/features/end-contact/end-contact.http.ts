import { Command, Context, IsInstant, toInstant } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { EndContact } from './end-contact';

export class EndContactBody {
  @ApiProperty({ required: false, format: 'date-time', description: 'When it ended. Now, if absent.' })
  @IsOptional()
  @IsInstant()
  endedAt?: string;
}

@Controller('people')
export class EndContactController {
  constructor(private readonly handler: EndContact) {}

  @Command({
    action: 'end-contact',
    summary: 'Somebody is a contact of a person no more',
    description: 'Or not in this way. What they could read by it they read no more, from this moment on.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager'],
    body: EndContactBody,
    example: {},
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000060',
      status: 'ended',
      links: {
        person: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
        contacts: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b/contacts',
      },
    },
  })
  @Post(':id/contacts/:contactId/end')
  end(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Param('contactId') contactId: string,
    @Body() { endedAt }: EndContactBody,
  ): Promise<Outcome> {
    return this.handler.end(context, id, contactId, endedAt ? toInstant(endedAt) : undefined);
  }
}
