import { Command, Context } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { SettleWorkItem } from './settle-work-item';

/** Nothing is to be said but that it is done. */
export class WorkItemSettlement {}

@Controller('work-items')
export class SettleWorkItemController {
  constructor(private readonly handler: SettleWorkItem) {}

  @Command({
    action: 'settle-work-item',
    summary: 'Say that what your team was asked is done',
    description:
      'For the team that was asked; what another team was asked stays open. A discharge is accepted instead (DEC-02).',
    may: ['team-lead', 'manager'],
    body: WorkItemSettlement,
    example: {},
    answers: {
      id: '0199b6a0-0000-7000-8000-000000000040',
      status: 'settled',
      links: { workItems: '/teams/0199b6a0-0000-7000-8000-0000000000a2/work-items' },
    },
  })
  @Post(':id/settle')
  settle(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() _body: WorkItemSettlement,
  ): Promise<Outcome> {
    return this.handler.settle(context, id);
  }
}
