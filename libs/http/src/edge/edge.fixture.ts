import {
  checkVersion,
  foundationTables,
  grants,
  type CommandContext,
  Database,
  type Outcome,
  type RequestContext,
  type Row,
} from '@homeward/persistence';
import { DomainError, uuidv7 } from '@homeward/kernel';
import { createServiceDatabase, type ServiceDatabase } from '@homeward/testing';
import {
  Body,
  Controller,
  ForbiddenException,
  Get,
  Param,
  Post,
  Query as QueryString,
  UnauthorizedException,
  type ExecutionContext,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import type { InjectOptions } from 'fastify';
import { randomUUID } from 'node:crypto';
import { Command, Context, createHttpApp, Creation, Cursors, pageOf, PageQuery, Query, withETag } from '..';
import type { HomewardRequest } from '../request/homeward-request';

/** A list of visits and what may go wrong with it: small enough to see every rule of the edge at work. */
class Place {
  @IsString()
  @MaxLength(20)
  town!: string;
}

class PlanVisit {
  @IsString()
  @MaxLength(200)
  what!: string;

  @IsInt()
  @Min(1)
  @Max(10)
  hours!: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => Place)
  place?: Place;
}

class MoveVisit {
  @IsInt()
  hours!: number;
}

class VisitAnswer {
  id!: string;
  hours!: number;
}

class VisitsQuery extends PageQuery {
  @IsOptional()
  @IsIn(['home', 'clinic'])
  kind?: string;
}

const SECRET = 'a secret of at least thirty-two characters';
const example = { what: 'A visit at home', hours: 2 };

@Controller('visits')
class VisitsController {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  @Creation({ action: 'plan-visit', summary: 'Plan a visit', may: ['coordinator'], body: PlanVisit, example })
  @Post()
  plan(@Context() context: CommandContext, @Body() body: PlanVisit): Promise<Outcome> {
    const id = uuidv7();
    const insert = {
      text: 'INSERT INTO visit (id, what, hours, organisation, version) VALUES ($1, $2, $3, $4, 1) RETURNING 1',
      values: [id, body.what, body.hours, context.principal.organisation],
    };
    const outcome = { status: 201, body: { id, version: 1 }, etag: 1, location: `/visits/${id}` };
    return this.database.write(
      context,
      { keys: [`organisation/${context.principal.organisation}`] },
      { decide: () => ({ changes: [insert], events: [], outcome, audit: { subject: `visit/${id}`, personIds: [] } }) },
    );
  }

  @Command({
    action: 'move-visit',
    summary: 'Change how long a visit takes',
    may: ['coordinator'],
    body: MoveVisit,
    example: { hours: 3 },
    ifMatch: true,
  })
  @Post(':id/move')
  move(@Context() context: CommandContext, @Param('id') id: string, @Body() { hours }: MoveVisit): Promise<Outcome> {
    const key = { text: `SELECT 'organisation/' || organisation AS key FROM visit WHERE id = $1`, values: [id] };
    const load = { text: 'SELECT version FROM visit WHERE id = $1', values: [id] };
    const decide = (rows: Row[][]) => {
      const version = Number(rows[0]?.[0]?.['version']);
      checkVersion(context, version);
      if (hours === 0) throw new DomainError('no-hours', 'A visit takes time.', 'rule', 'VIS-01');
      if (hours < 0) throw new DomainError('visit-over', 'The visit is over.');
      const text = 'UPDATE visit SET hours = $2, version = version + 1 WHERE id = $1 AND version = $3 RETURNING 1';
      const outcome = { status: 200, body: { id, version: version + 1 }, etag: version + 1 };
      return {
        changes: [{ text, values: [id, hours, version] }],
        events: [],
        outcome,
        audit: { subject: `visit/${id}`, personIds: [] },
      };
    };
    return this.database.write(context, { select: key, what: 'visit' }, { load: [load], decide });
  }

  @Query({
    action: 'list-visits',
    summary: 'The visits of your organisation',
    may: ['coordinator'],
    answer: pageOf(VisitAnswer),
    example: { items: [{ id: '0198f1f2-7a30-7c11-8d5e-5b1f0c9a7d21', hours: 2 }] },
  })
  @Get()
  async list(@Context() context: RequestContext, @QueryString() query: VisitsQuery) {
    const { limit, after } = this.cursors.open(context, query);
    const rows = await this.database.read<{ id: string; hours: number }>(
      context,
      {
        text: `SELECT id, hours FROM visit WHERE organisation = $1 AND (hours, id) > ($2, $3::uuid)
          ORDER BY hours, id LIMIT $4`,
        values: [context.principal.organisation, ...(after ?? [0, '00000000-0000-0000-0000-000000000000']), limit + 1],
      },
      { subject: 'visits', people: false },
    );
    return this.cursors.page(
      context,
      query,
      rows,
      ({ hours, id }) => [hours, id],
      ({ id, hours }) => ({ id, hours }),
    );
  }

  @Query({
    action: 'get-visit',
    summary: 'One visit',
    may: ['coordinator'],
    answer: VisitAnswer,
    example: { id: '0198f1f2-7a30-7c11-8d5e-5b1f0c9a7d21', hours: 2 },
  })
  @Get(':id')
  async get(@Context() context: RequestContext, @Param('id') id: string) {
    const [visit] = await this.database.read<{ id: string; hours: number; version: number }>(
      context,
      { text: 'SELECT id, hours, version FROM visit WHERE id = $1', values: [id] },
      { subject: `visit/${id}`, people: false },
    );
    if (!visit) throw new DomainError('gone', 'It is gone.');
    return withETag({ id, hours: visit.hours }, visit.version);
  }
}

/** `Bearer <organisation>/<role>`: whoever says so is that. */
const access = {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<HomewardRequest>();
    const [organisation, role = ''] = (request.headers.authorization ?? '').replace('Bearer ', '').split('/');
    if (!organisation) throw new UnauthorizedException('Send a token.');
    request.principal = { organisation, sub: randomUUID(), teams: [], roles: [role], purpose: 'direct-care' };
    if (request.headers['x-sub']) request.principal.sub = String(request.headers['x-sub']);
    if (role !== 'coordinator') throw new ForbiddenException('Your role may not do this.');
    request.role = role;
    return true;
  },
};

class Begin1700000000000 {
  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    const table = `CREATE TABLE visit (id uuid PRIMARY KEY, what text NOT NULL, hours int NOT NULL,
      organisation text NOT NULL, version int NOT NULL)`;
    for (const sql of [...foundationTables('people'), table, ...grants('people', 'visit', 'SELECT, INSERT, UPDATE')]) {
      await runner.query(sql);
    }
  }
  async down(): Promise<void> {}
}

export interface Edge {
  app: NestFastifyApplication;
  db: ServiceDatabase;
  /** A request by a coordinator of RZ1 with a fresh Idempotency-Key, unless its headers say otherwise. */
  send(
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    options?: Omit<InjectOptions, 'method' | 'url'>,
  ): Promise<EdgeAnswer>;
  auditRows(): Promise<{ action: string; outcome: string; organisation: string }[]>;
  close(): Promise<void>;
}

export interface EdgeAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
  body: Record<string, any>;
}

async function shownBy(db: ServiceDatabase): Promise<Date | undefined> {
  const [row] = await db.asWorker<{ now: Date }>('SELECT now FROM simulated_clock');
  return row?.now;
}

export async function startEdge(simulated = false): Promise<Edge> {
  const db = await createServiceDatabase('people', [Begin1700000000000], { simulated });
  const app = await createHttpApp(
    {
      module: class Visits {},
      controllers: [VisitsController],
      providers: [
        { provide: Database, useValue: db.database },
        { provide: Cursors, useValue: new Cursors(SECRET) },
      ],
    },
    {
      service: { name: 'visits', description: 'Visits, to test the edge with.' },
      database: db.database,
      secret: SECRET,
      access,
      simulatedClock: simulated ? () => shownBy(db) : undefined,
    },
  );
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    db,
    send: async (method, url, options = {}) => {
      const given = { authorization: 'Bearer RZ1/coordinator', 'idempotency-key': randomUUID(), ...options.headers };
      const headers = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const answer = await app.inject({ ...options, method, url, headers });
      const isJson = /json/.test(String(answer.headers['content-type']));
      return {
        status: answer.statusCode,
        headers: answer.headers as Record<string, string>,
        text: answer.body,
        body: (isJson && answer.body ? answer.json() : {}) as Record<string, any>,
      };
    },
    auditRows: () => db.asWorker('SELECT action, outcome, organisation FROM audit ORDER BY at, id'),
    close: async () => {
      await app.close();
      await db.drop();
    },
  };
}
