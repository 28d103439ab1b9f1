import { NEED_ENDS, type NeedEnd } from '@homeward/contracts';
import { Command, Context } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { EndNeed } from './end-need';

export class EndNeedBody {
  @ApiProperty({ enum: NEED_ENDS })
  @IsIn(NEED_ENDS)
  reasonCode!: NeedEnd;
}

@Controller('people')
export class EndNeedController {
  constructor(private readonly handler: EndNeed) {}

  @Command({
    action: 'end-need',
    summary: 'Something that a person needed does not hold any more',
    description: 'From now on it is shown in the list of needs alone, with the day. Others hold as before.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager'],
    body: EndNeedBody,
    example: { reasonCode: 'not-needed' },
    answers: {
      id: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      version: 3,
      status: 'registered',
      links: { self: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b' },
      needId: '0199b6a0-0000-7000-8000-000000000060',
    },
  })
  @Post(':id/needs/:needId/end')
  end(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Param('needId') needId: string,
    @Body() { reasonCode }: EndNeedBody,
  ): Promise<Outcome> {
    return this.handler.end(context, id, needId, reasonCode);
  }
}
