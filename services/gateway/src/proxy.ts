import proxy from '@fastify/http-proxy';
import { Problem } from '@homeward/http';
import { createLogger, currentTraceparent } from '@homeward/observability';
import type { FastifyInstance } from 'fastify';
import type { Callers } from './callers';
import { routable, SEGMENTS } from './routes';

const log = createLogger('gateway');

/** A service that has not begun to answer by then does not answer; its own statements end before. */
const PATIENCE_MS = 35_000;

/** `/referrals/…` goes to referrals, as it came, with its token: the service decides who calls. */
export async function proxyServices(
  gateway: FastifyInstance,
  services: Record<string, string>,
  callers: Callers,
): Promise<void> {
  await gateway.register(async (scope) => {
    scope.addHook('onResponse', (request, reply, done) => {
      callers.answered(request, reply);
      done();
    });
    for (const [service, upstream] of Object.entries(services)) {
      for (const segment of SEGMENTS[service] ?? []) {
        await scope.register(proxy, {
          upstream,
          prefix: `/${segment}`,
          rewritePrefix: `/${segment}`,
          proxyPayloads: false,
          internalRewriteLocationHeader: false,
          undici: { headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS, connections: 128 },
          preHandler: ({ url }, _, done) => {
            const closed = routable(url.split('?')[0] ?? '') === undefined;
            done(closed ? new Problem(404, 'no-such-route', 'There is nothing at this address.') : undefined);
          },
          replyOptions: {
            // Whoever asks knows best whether to ask again: a retry here would be one more look in the audit.
            retryDelay: () => null,
            rewriteRequestHeaders: (_, headers) => ({ ...headers, ...traceHeaders() }),
            onError: (reply, { error }) => {
              log.warn('gateway.service-down', { error, source: service });
              void reply.send(
                new Problem(503, 'unavailable', `${service} does not answer just now: try again.`, {
                  headers: { 'retry-after': '5' },
                }),
              );
            },
          },
        });
      }
    }
  });
}

const traceHeaders = (): Record<string, string> => {
  const traceparent = currentTraceparent();
  return traceparent === undefined ? {} : { traceparent };
};
