import { Context, Cursors, Query } from '@homeward/http';
import { Database, NotFound, type RequestContext } from '@homeward/persistence';
import { Controller, Get, Param, Query as FromQuery } from '@nestjs/common';
import { Audits, type LookOfService } from '../../adapters/audits';
import {
  LOOK_EXAMPLE,
  Looks,
  LooksByQuery,
  LooksOfSomebody,
  LooksQuery,
  type Look,
  type LookOfSomebody,
} from './looks.dto';
import { idsToLookFor, shown } from './looks.query';

@Controller('people')
export class LooksController {
  constructor(
    private readonly database: Database,
    private readonly audits: Audits,
    private readonly cursors: Cursors,
  ) {}

  @Query({
    action: 'list-looks-by',
    summary: 'What somebody of your organisation did',
    description: 'In every service. Whom it was about learns that it was asked.',
    may: ['privacy'],
    answer: LooksOfSomebody,
    example: {
      items: [{ ...LOOK_EXAMPLE, personIds: ['5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b'] }],
      unanswered: [],
    },
  })
  @Get('looks')
  async by(@Context() context: RequestContext, @FromQuery() query: LooksByQuery): Promise<LooksOfSomebody> {
    const { limit, after } = this.cursors.open(context, query);
    const { by, from, until } = query;
    const { organisation } = context.principal;
    const asked = { by, organisation, from, until, after, limit: limit + 1 };
    const { looks, unanswered } = await this.audits.ask(asked, context);
    const { items, next } = this.cursors.page(context, query, looks, keysOf, ofSomebody);
    const about = items.flatMap(({ personIds }) => personIds);
    await this.database.read(context, shown(about), { subject: `looks/${by}` });
    return { items, next, unanswered };
  }

  @Query({
    action: 'list-looks',
    summary: 'Who looked at a person’s record, and why',
    description:
      'Everything that was read, done or refused about them, in every service: for the person, and for who guards privacy in an organisation that has to do with them. This question stands in the list as well.',
    may: ['person', 'privacy'],
    answer: Looks,
    example: { items: [LOOK_EXAMPLE], unanswered: [] },
  })
  @Get(':id/looks')
  async of(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @FromQuery() query: LooksQuery,
  ): Promise<Looks> {
    const { limit, after } = this.cursors.open(context, query);
    const statement = idsToLookFor(context.principal, id);
    const found = await this.database.read<IdsRow>(context, statement, { subject: `looks/${id}` });
    const [row] = found;
    if (!row) throw new NotFound('person');
    const { from, until } = query;
    const asked = { people: [row.person_id, ...row.aliases], from, until, after, limit: limit + 1 };
    const { looks, unanswered } = await this.audits.ask(asked, context);
    const { items, next } = this.cursors.page(context, query, looks, keysOf, toLook);
    return { items, next, unanswered };
  }
}

interface IdsRow {
  person_id: string;
  aliases: string[];
}

const keysOf = ({ at, id }: LookOfService): string[] => [at, id];

/** Others whom the same request was about are nobody's business here. */
function toLook(look: LookOfService): Look {
  const { id, service, at, organisation, sub, role, purpose, action, outcome } = look;
  return { id, service, at, organisation, sub, role, purpose, action, outcome };
}

const ofSomebody = (look: LookOfService): LookOfSomebody => ({ ...toLook(look), personIds: look.personIds });
