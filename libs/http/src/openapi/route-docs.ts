import type { Type } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiResponse } from '@nestjs/swagger';
import { Page } from '../paging/page';
import type { RouteMeta } from '../route';
import { schemaOfExample } from './schema-of-example';

type Decorator = MethodDecorator & ClassDecorator;

/** Becomes a reference to the component of that status. */
const problem = (status: number) => ApiResponse({ status });

const CORRELATION = ApiHeader({
  name: 'X-Correlation-ID',
  description: 'A UUID that follows the request through every service, and is answered. Drawn unless sent.',
  required: false,
  schema: { type: 'string', format: 'uuid' },
});
const SIMULATED_NOW = ApiHeader({
  name: 'X-Simulated-Now',
  description: 'Only on a system with a simulated clock: what time it is. It only moves forward.',
  required: false,
  schema: { type: 'string', format: 'date-time' },
});
const IDEMPOTENCY_KEY = ApiHeader({
  name: 'Idempotency-Key',
  description: 'A UUID drawn once for this command. Sent again with the same body it gives the first answer again.',
  required: true,
  schema: { type: 'string', format: 'uuid' },
  example: '0198f1f2-6c1e-7b52-9f2c-3d0c6a1b2e4f',
});
const IF_MATCH = ApiHeader({
  name: 'If-Match',
  description: 'The ETag that was read last: the decision is made on that version or not at all.',
  required: true,
  schema: { type: 'string' },
  example: 'W/"1"',
});

const COMMAND_ANSWER = {
  id: '0198f1f2-7a30-7c11-8d5e-5b1f0c9a7d21',
  version: 1,
  status: 'received',
  links: { self: '/referrals/0198f1f2-7a30-7c11-8d5e-5b1f0c9a7d21' },
};

const eTag = { ETag: { description: 'The version, for If-Match.', schema: { type: 'string' as const } } };
const location = { Location: { description: 'Where it is read.', schema: { type: 'string' as const } } };
const replay = {
  'Idempotent-Replay': {
    description: '`true` when this is the first answer, given again.',
    schema: { type: 'string' as const },
  },
};

export function describeCommand(meta: RouteMeta, status: number, answers: object = COMMAND_ANSWER): Decorator[] {
  const example = answers;
  const headers = { ...('version' in answers ? eTag : {}), ...(meta.kind === 'creation' ? location : {}), ...replay };
  const refusals = [400, 401, 403, 404, 409, 422, 503, ...(meta.ifMatch ? [412, 428] : [])];
  return [
    ApiBearerAuth('token'),
    CORRELATION,
    SIMULATED_NOW,
    ...(meta.keyless ? [] : [IDEMPOTENCY_KEY]),
    ...(meta.ifMatch ? [IF_MATCH] : []),
    ApiResponse({
      status,
      description: meta.kind === 'creation' ? 'Made.' : 'Done.',
      headers,
      content: { 'application/json': { schema: schemaOfExample(example), example } },
    }),
    ...refusals.map(problem),
  ] as Decorator[];
}

const staleSince = {
  'Stale-Since': {
    description: 'Only when what this is read from has stood still: since when. What happened later is missing.',
    schema: { type: 'string' as const, format: 'date-time' },
  },
};

export function describeQuery(
  answer: Type<unknown>,
  example: object,
  { hasBody, mayBeStale, mayBeErased }: { hasBody: boolean; mayBeStale: boolean; mayBeErased: boolean },
): Decorator[] {
  const shown = example instanceof Page ? { items: example.items, next: example.next } : example;
  const refusals = [400, 401, 403, 404, 503, ...(mayBeErased ? [410] : []), ...(hasBody ? [422] : [])];
  return [
    ApiBearerAuth('token'),
    CORRELATION,
    SIMULATED_NOW,
    ApiResponse({
      status: 200,
      description: 'What was asked for.',
      type: answer,
      example: shown,
      headers: mayBeStale ? staleSince : undefined,
    }),
    ...refusals.map(problem),
  ] as Decorator[];
}
