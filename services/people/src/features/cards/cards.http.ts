import { Context, Page, pageOf, Query } from '@homeward/http';
import { Database, type RequestContext } from '@homeward/persistence';
import { Controller, Get, Query as FromQuery } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsUUID } from 'class-validator';
import { CARD_EXAMPLE, PersonCard, toCard } from '../../adapters/person-card';
import { cardsOf } from './cards.query';

export class CardsQuery {
  @ApiProperty({ type: String, description: '1 to 100 ids, with commas between them.', example: CARD_EXAMPLE.id })
  @Transform(({ value }) => String(value).split(','))
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsUUID('all', { each: true })
  ids!: string[];
}

@Controller('people')
export class CardsController {
  constructor(private readonly database: Database) {}

  @Query({
    action: 'list-cards',
    summary: 'Names for a list of ids',
    description: 'Lists hold ids only; this gives the names of those whom you may see. Others are left out, silently.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager', 'person'],
    answer: pageOf(PersonCard),
    example: { items: [CARD_EXAMPLE] },
  })
  @Get('cards')
  async list(@Context() context: RequestContext, @FromQuery() { ids }: CardsQuery): Promise<Page<PersonCard>> {
    const statement = cardsOf(context.principal, ids);
    const rows = await this.database.read(context, statement, { subject: 'cards' });
    return new Page(rows.map(toCard));
  }
}
