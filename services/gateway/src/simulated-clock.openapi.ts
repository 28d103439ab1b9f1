import type { Document } from './merge-documents';

const instant = { type: 'string', format: 'date-time' };
const body = (type: string) => ({
  type: 'object',
  required: ['now'],
  additionalProperties: false,
  description: type,
  properties: { now: { ...instant, description: 'What time it is.' } },
});
const example = { now: '2026-11-25T17:00:00Z' };
const problem = (status: number) => [String(status), { $ref: `#/components/responses/Problem${status}` }];

/** The gateway's one route of its own, as it stands in the document. */
export const SIMULATED_CLOCK: Document = {
  info: {},
  tags: [{ name: '_simulation', description: 'For demonstrations: time that passes as fast as one likes.' }],
  paths: {
    '/_simulation/clock': {
      post: {
        operationId: 'set-simulated-clock',
        tags: ['_simulation'],
        summary: 'Move the simulated clock on',
        description:
          'With `CLOCK=simulated` and the development issuer only. Answers when everything published before has been taken everywhere; 503 when that takes too long. The clock only goes forward, and every answer tells it as `X-Simulated-Now`.',
        security: [{ token: [] }],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: body('The new time.'), examples: { example: { value: example } } } },
        },
        responses: {
          200: {
            description: 'Moved.',
            content: { 'application/json': { schema: body('The time from now on.'), example } },
          },
          ...Object.fromEntries([400, 401, 403, 409, 503].map(problem)),
        },
      },
    },
  },
};
