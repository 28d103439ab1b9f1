import { Command, Context } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { AcceptDischarge } from './accept-discharge';

/** Nothing is to be said but yes. */
export class DischargeAcceptance {}

@Controller('hospital-stays')
export class AcceptDischargeController {
  constructor(private readonly handler: AcceptDischarge) {}

  @Command({
    action: 'accept-discharge',
    summary: 'Say that the community team has taken over',
    description:
      'For the community team of the discharge. It is accountable already; this settles what both teams are asked (DEC-02).',
    may: ['team-lead', 'coordinator'],
    body: DischargeAcceptance,
    example: {},
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000070',
      version: 3,
      status: 'ended',
      links: { self: '/hospital-stays/0199b6a0-0000-7000-8000-000000000070' },
    },
  })
  @Post(':id/accept-discharge')
  accept(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() _body: DischargeAcceptance,
  ): Promise<Outcome> {
    return this.handler.accept(context, id);
  }
}
