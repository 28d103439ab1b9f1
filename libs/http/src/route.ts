import { Permit, type Role } from '@homeward/auth';
import type { CommandContext, RequestContext } from '@homeward/persistence';
import {
  applyDecorators,
  createParamDecorator,
  HttpCode,
  SetMetadata,
  type ExecutionContext,
  type Type,
} from '@nestjs/common';
import { ApiBody, ApiOperation } from '@nestjs/swagger';
import { describeCommand, describeQuery } from './openapi/route-docs';

export const ROUTE = 'homeward:route';

/** What the guard and the interceptor must know of a route. */
export interface RouteMeta {
  action: string;
  kind: 'command' | 'creation' | 'query';
  ifMatch: boolean;
  /** A POST of `…/internal/**`: another service sends it again as it likes, its body says what makes it the same. */
  keyless?: boolean;
  /** Projections that a reading stands on: when one stands still, the answer says since when. */
  from?: readonly string[];
}

interface RouteOptions {
  /** `accept-referral`: names it in audit, metrics and OpenAPI (`operationId`). */
  action: string;
  summary: string;
  description?: string;
  may: Role[];
}

interface CommandOptions extends RouteOptions {
  body: Type<unknown>;
  example: object;
  /** True for a change to something that has a version. */
  ifMatch?: boolean;
  /** True for `…/internal/**`, which takes no `Idempotency-Key`. */
  keyless?: boolean;
  /** An example of what is answered; `{ id, version, status, links }` unless given. */
  answers?: object;
}

interface QueryOptions extends RouteOptions {
  answer: Type<unknown>;
  example: object;
  /** Projections that it stands on; answered with `Stale-Since` while one of them stands still. */
  from?: readonly string[];
  /** True where 410 says that the person was erased. */
  mayBeErased?: boolean;
  /** The one reading that is a POST has a body. */
  body?: Type<unknown>;
  bodyExample?: object;
}

/** A POST that changes something: `Idempotency-Key`, where needed `If-Match`; returns an Outcome. */
export const Command = (options: CommandOptions) => commandRoute('command', 200, options);

/** A POST that makes something: 201 with `Location` and `ETag`; returns an Outcome. */
export const Creation = (options: CommandOptions) => commandRoute('creation', 201, options);

/** A reading. Returns the body, `withETag(body, version)`, or a Page. */
export const Query = (options: QueryOptions) => {
  const { action, summary, description, may, answer, example, from = [], body, bodyExample } = options;
  const { mayBeErased = false } = options;
  const meta: RouteMeta = { action, kind: 'query', ifMatch: false, from };
  return applyDecorators(
    SetMetadata(ROUTE, meta),
    Permit(...may),
    HttpCode(200),
    ApiOperation({ operationId: action, summary, description }),
    ...(body ? [ApiBody({ type: body, examples: { example: { value: bodyExample } } })] : []),
    ...describeQuery(answer, example, { hasBody: body !== undefined, mayBeStale: from.length > 0, mayBeErased }),
  );
};

function commandRoute(kind: 'command' | 'creation', status: number, options: CommandOptions) {
  const { action, summary, description, may, body, example, ifMatch = false, keyless = false, answers } = options;
  const meta: RouteMeta = { action, kind, ifMatch, keyless };
  return applyDecorators(
    SetMetadata(ROUTE, meta),
    Permit(...may),
    HttpCode(status),
    ApiOperation({ operationId: action, summary, description }),
    ApiBody({ type: body, examples: { example: { value: example } } }),
    ...describeCommand(meta, status, answers),
  );
}

/** The request as the guard left it: a RequestContext for a query, a CommandContext for a command. */
export const Context = createParamDecorator(
  (_: unknown, context: ExecutionContext): RequestContext | CommandContext => {
    const request = context.switchToHttp().getRequest<{ homeward?: CommandContext }>();
    if (!request.homeward) throw new Error('the route has no permission');
    return request.homeward;
  },
);

export class Versioned {
  constructor(
    readonly body: object,
    readonly version: number,
  ) {}
}

/** Answers `body` with `ETag: W/"version"`. */
export const withETag = (body: object, version: number): Versioned => new Versioned(body, version);
