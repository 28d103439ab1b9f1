import { Context, Cursors, Page, pageOf, PageQuery, Query, withETag, type Versioned } from '@homeward/http';
import { Database, NotFound, type RequestContext } from '@homeward/persistence';
import { Controller, Get, Param, Query as FromQuery } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { toTransferAnswer, TRANSFER_EXAMPLE, TransferAnswer } from './transfer.dto';
import { transferFor, transfersOf } from './transfers.query';

export class TransfersQuery extends PageQuery {
  @ApiProperty({ format: 'uuid', description: 'A team of your organisation, on either side.' })
  @IsUUID()
  teamId!: string;

  @ApiProperty({ required: false, enum: ['open'], description: '`open`: proposed or accepted. All unless given.' })
  @IsOptional()
  @IsIn(['open'])
  status?: 'open';
}

@Controller('transfers')
export class TransfersController {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  @Query({
    action: 'list-transfers',
    summary: 'The transfers of a team, to it and from it',
    may: ['team-lead', 'coordinator', 'manager'],
    answer: pageOf(TransferAnswer),
    example: { items: [TRANSFER_EXAMPLE] },
  })
  @Get()
  async list(@Context() context: RequestContext, @FromQuery() query: TransfersQuery): Promise<Page<TransferAnswer>> {
    const { limit, after } = this.cursors.open(context, query);
    const filter = { teamId: query.teamId, open: query.status === 'open' };
    const subject = `team/${query.teamId}`;
    const rows = await this.database.read(context, transfersOf(context.principal, filter, after, limit + 1), {
      subject,
    });
    return this.cursors.page(context, query, rows, (row) => [row['id'] as string], toTransferAnswer);
  }

  @Query({
    action: 'get-transfer',
    summary: 'A transfer, with the version that the next step must name',
    may: ['team-lead', 'coordinator', 'manager', 'person'],
    answer: TransferAnswer,
    example: TRANSFER_EXAMPLE,
  })
  @Get(':id')
  async get(@Context() context: RequestContext, @Param('id') id: string): Promise<Versioned> {
    const [row] = await this.database.read(context, transferFor(context.principal, id), { subject: `transfer/${id}` });
    if (!row) throw new NotFound('transfer');
    const transfer = toTransferAnswer(row);
    return withETag(transfer, transfer.version);
  }
}
