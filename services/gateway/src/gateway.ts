import rateLimit from '@fastify/rate-limit';
import { Problem, PROBLEM_TYPE, problemOf } from '@homeward/http';
import { createLogger } from '@homeward/observability';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { Callers } from './callers';
import type { GatewayConfig } from './config';
import { serveDocumentation } from './documentation';
import { serveHealth } from './health';
import { correlate } from './correlation';
import { proxyServices } from './proxy';
import { serveSimulatedClock } from './simulated-clock';

const log = createLogger('gateway');
const BODY_LIMIT = 256 * 1024;
/** Of a body that is too large so much more is read, and so long, before it is refused. */
const READ_ON = { bytes: 4 * BODY_LIMIT, milliseconds: 2_000 };
const TOO_LARGE = 413;

/** One address for all services. It has no database, reads no token and is trusted by nobody. */
export async function createGateway(config: GatewayConfig): Promise<FastifyInstance> {
  const gateway = Fastify({
    bodyLimit: BODY_LIMIT,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => answer(error, request as FastifyRequest, reply as FastifyReply),
  });
  gateway.setErrorHandler(async (error, request, reply) => {
    if (problemOf(error).status === TOO_LARGE) await readOn(request.raw);
    answer(error, request, reply);
    return reply;
  });
  correlate(gateway);
  readBodies(gateway);
  serveHealth(gateway, config.services);
  const callers = new Callers();
  await gateway.register(rateLimit, {
    max: config.rateLimit,
    timeWindow: 60_000,
    keyGenerator: callers.keyOf,
    allowList: (request) => request.url.startsWith('/health/'),
    errorResponseBuilder: (_, { ttl }) =>
      new Problem(429, 'too-many-requests', 'You have sent too many requests: wait, then go on.', {
        headers: { 'retry-after': String(Math.ceil(ttl / 1000)) },
      }),
  });
  gateway.setNotFoundHandler({ preHandler: gateway.rateLimit() }, (request, reply) =>
    answer(new Problem(404, 'no-such-route', 'There is nothing at this address.'), request, reply),
  );
  serveDocumentation(gateway, config.services);
  serveSimulatedClock(gateway, config.services, config.restWithinMs);
  await proxyServices(gateway, config.services, callers);
  return gateway;
}

/**
 * Taken whole and passed on unread: a service that refuses a body of any size in the middle of it would break the
 * connection, and the answer would be lost.
 */
function readBodies(gateway: FastifyInstance): void {
  gateway.removeAllContentTypeParsers();
  gateway.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, Readable.from([body])));
}

/** A connection that is closed while its caller still sends breaks, and the answer is lost. */
function readOn(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(resolve, READ_ON.milliseconds);
    const done = (): void => (clearTimeout(patience), resolve());
    let read = 0;
    request.once('end', done).once('close', done);
    request.on('data', (chunk: Buffer) => {
      read += chunk.length;
      if (read > READ_ON.bytes) done();
    });
  });
}

function answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error);
  const correlationId = request.headers['x-correlation-id'];
  if (problem.status === 500) log.error('gateway.failed', { error, status: 500, method: request.method });
  void reply
    .code(problem.status)
    .headers(problem.extras.headers ?? {})
    .type(PROBLEM_TYPE)
    .send(problem.body(typeof correlationId === 'string' ? correlationId : undefined));
}
