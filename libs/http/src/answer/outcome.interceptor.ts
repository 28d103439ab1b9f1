import type { Outcome } from '@homeward/persistence';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { Page } from '../paging/page';
import type { HomewardRequest } from '../request/homeward-request';
import { Versioned } from '../route';

const eTag = (version: number): string => `W/"${version}"`;

/** Turns what a handler returns into headers and a body. The status is the route's own. */
export class OutcomeInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<HomewardRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (!request.meta) return next.handle();
    if (request.meta.kind === 'query') return next.handle().pipe(map((result) => answerQuery(request, reply, result)));
    return next.handle().pipe(map((outcome) => answerCommand(reply, outcome as Outcome)));
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
