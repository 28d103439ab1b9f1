import { Command, Context } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { MergePerson } from './merge-person';

export class MergePersonBody {
  @ApiProperty({ format: 'uuid', description: 'The id that both are known by from now on.' })
  @IsUUID()
  intoId!: string;
}

@Controller('people')
export class MergePersonController {
  constructor(private readonly handler: MergePerson) {}

  @Command({
    action: 'merge-person',
    summary: 'Two ids mean one person',
    description:
      'For who may see both. The old id stays valid and answers with the other; nothing is written anew under it. It is not undone.',
    may: ['manager'],
    ifMatch: true,
    body: MergePersonBody,
    example: { intoId: '0c6a2f1e-7a52-4d0b-9a51-5e4f3a2b1c0d' },
    answers: {
      id: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      version: 2,
      status: 'merged',
      links: {
        self: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
        mergedInto: '/people/0c6a2f1e-7a52-4d0b-9a51-5e4f3a2b1c0d',
      },
    },
  })
  @Post(':id/merge')
  merge(
    @Context() context: CommandContext,
    @Param('id') id: string,
    @Body() { intoId }: MergePersonBody,
  ): Promise<Outcome> {
    return this.handler.merge(context, id, intoId);
  }
}
