import { correlationIdOf } from '@homeward/http';
import { nameRoute } from '@homeward/observability';
import type { FastifyInstance } from 'fastify';

/** Every request has an `X-Correlation-ID` from here on; one that is not a UUID is refused and not passed on. */
export function correlate(gateway: FastifyInstance): void {
  gateway.addHook('onRequest', async (request, reply) => {
    nameRoute(request.routeOptions.url ?? 'none');
    const given = request.headers['x-correlation-id'];
    delete request.headers['x-correlation-id'];
    const correlationId = correlationIdOf(given);
    request.headers['x-correlation-id'] = correlationId;
    reply.header('x-correlation-id', correlationId);
  });
}
