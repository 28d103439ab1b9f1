import type { Outcome } from '@homeward/persistence';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { from, map, mergeMap, type Observable } from 'rxjs';
import { Page } from '../paging/page';
import type { HomewardRequest } from '../request/homeward-request';
import { Versioned } from '../route';
import { staleSince, type StaleProjections } from './stale-since';

const eTag = (version: number): string => `W/"${version}"`;

/** Turns what a handler returns into headers and a body. The status is the route's own. */
export class OutcomeInterceptor implements NestInterceptor {
  constructor(private readonly stale: StaleProjections) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<HomewardRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (!request.meta) return next.handle();
    if (request.meta.kind === 'query') {
      return from(this.sayIfStale(request.meta.from ?? [], reply)).pipe(
        mergeMap(() => next.handle()),
        map((result) => answerQuery(request, reply, result)),
      );
    }
    return next.handle().pipe(map((outcome) => answerCommand(reply, outcome as Outcome)));
  }

  /** Before the reading, so that a 404 says it as well: what is not there may only not have come. */
  private async sayIfStale(projections: readonly string[], reply: FastifyReply): Promise<void> {
    const since = await staleSince(projections, this.stale);
    if (since !== undefined) reply.header('stale-since', since);
  }
}

function answerCommand(reply: FastifyReply, { body, etag, location, replay }: Outcome): object {
  if (etag !== undefined) reply.header('etag', eTag(etag));
  if (location !== undefined) reply.header('location', location);
  if (replay) reply.header('idempotent-replay', 'true');
  return body;
}

function answerQuery(request: HomewardRequest, reply: FastifyReply, result: unknown): unknown {
  if (result instanceof Versioned) {
    reply.header('etag', eTag(result.version));
    return result.body;
  }
  if (result instanceof Page) {
    if (result.next) reply.header('link', linkToNext(request, result.next));
    return { items: result.items, next: result.next };
  }
  return result;
}

function linkToNext(request: HomewardRequest, cursor: string): string {
  const [path, query] = request.url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  return `<${path}?${parameters.toString()}>; rel="next"`;
}
