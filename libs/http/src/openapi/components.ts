import { Problem } from '../problem/problem';
import type { Schema } from './schema-of-example';

const CORRELATION_ID = '0198f1f2-6c1e-7b52-9f2c-3d0c6a1b2e4f';

const EXAMPLES: Record<number, Problem> = {
  400: new Problem(400, 'invalid-fields', 'A field is not right.', {
    errors: [{ pointer: '/reason', detail: 'reason must be a string' }],
  }),
  401: new Problem(401, 'not-signed-in', 'Send a token: Authorization: Bearer …'),
  403: new Problem(403, 'not-permitted', 'None of your roles may do this.'),
  404: new Problem(404, 'not-found', 'No such referral, or not one that you may see.'),
  409: new Problem(409, 'already-accepted', 'It is accepted already: read it again.'),
  410: new Problem(410, 'erased', 'This person was erased: who it was is not kept any more.'),
  412: new Problem(412, 'precondition-failed', 'It has changed since you read it: read it again, then decide.'),
  422: new Problem(422, 'signpost-missing', 'Say where else the person can turn to.', { rule: 'TRI-03' }),
  428: new Problem(428, 'precondition-required', 'Send If-Match with the ETag that you last read.'),
  503: new Problem(503, 'unavailable', 'people does not answer just now: try again.'),
};

export const PROBLEM_SCHEMA: Schema = {
  type: 'object',
  description: 'What went wrong (RFC 9457). Nothing that was sent is repeated.',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What is wrong and what to do.' },
    code: { type: 'string', description: 'Stable: what a program switches on.' },
    rule: { type: 'string', description: 'The rule that was applied.' },
    errors: {
      type: 'array',
      description: 'By JSON pointer, what is wrong with each field.',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
    correlationId: { type: 'string', format: 'uuid' },
  },
};

/** `Problem400` …: one component for each status, so that a route only names it. */
export const PROBLEM_RESPONSES: Record<string, Schema> = Object.fromEntries(
  Object.entries(EXAMPLES).map(([status, problem]) => [
    `Problem${status}`,
    {
      description: problem.body().title,
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          example: JSON.parse(JSON.stringify(problem.body(CORRELATION_ID))) as unknown,
        },
      },
    },
  ]),
);
