import { nameRoute } from '@homeward/observability';
import type { Database } from '@homeward/persistence';
import type { CanActivate, DynamicModule, INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { OutcomeInterceptor } from './answer/outcome.interceptor';
import type { StaleProjections } from './answer/stale-since';
import { deriveKey } from './keys';
import { openApiOf, type Described } from './openapi/openapi-of';
import { PROBLEM_TYPE } from './problem/problem';
import { ProblemFilter } from './problem/problem.filter';
import { problemOf } from './problem/problem-of';
import { clean } from './request/clean';
import { ContextGuard } from './request/context.guard';
import { correlationIdOf } from './request/correlation';
import { templateOf, type HomewardRequest } from './request/homeward-request';
import { routesOf } from './request/routes';
import { validationPipe } from './request/validation';

const BODY_LIMIT = 256 * 1024;
const noneStale: StaleProjections = () => Promise.resolve(new Map());

export interface HttpOptions {
  /** Served at `/openapi.json`, for the gateway. */
  service?: Described;
  database: Database;
  secret: string;
  /** Says who calls and whether they may: sets `principal` and `role` on the request, or throws 401 or 403. */
  access: CanActivate;
  /** `CLOCK=simulated`: answers what the clock shows, or undefined while nobody has set it. */
  simulatedClock?: () => Promise<Date | undefined>;
  /** For readings `from` projections; none stands still unless given. */
  staleProjections?: StaleProjections;
}

/** A service's HTTP side: every convention of the edge in one place, so that a controller holds none of it. */
export async function createHttpApp(
  module: Type<unknown> | DynamicModule,
  { service, database, secret, access, simulatedClock, staleProjections = noneStale }: HttpOptions,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    // A path that cannot be decoded meets no route and no filter.
    frameworkErrors: (error: unknown, _request: unknown, reply: FastifyReply) => {
      const problem = problemOf(error);
      void reply.code(problem.status).type(PROBLEM_TYPE).send(problem.body());
    },
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  const allowed = routesOf(fastify);
  readRequests(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    logger: false, // its lines are not JSON and may quote; what fails is thrown
    abortOnError: false,
  });
  app.useGlobalGuards(new ContextGuard({ access, fingerprintKey: deriveKey(secret, 'fingerprint'), simulatedClock }));
  app.useGlobalPipes(validationPipe());
  app.useGlobalInterceptors(new OutcomeInterceptor(staleProjections));
  app.useGlobalFilters(new ProblemFilter(database, allowed));
  if (service) serveOpenApi(app, fastify, service);
  return app;
}

/** Made when it is first asked for: the routes are all there by then. */
function serveOpenApi(app: INestApplication, fastify: FastifyInstance, service: Described): void {
  let document: OpenAPIObject | undefined;
  fastify.get('/openapi.json', async () => (document ??= openApiOf(app, service)));
}

function readRequests(fastify: FastifyInstance): void {
  fastify.removeContentTypeParser('text/plain');
  fastify.addHook('onRequest', async (request: HomewardRequest, reply) => {
    reply.header('cache-control', 'no-store');
    nameRoute(templateOf(request));
    request.correlationId = correlationIdOf(request.headers['x-correlation-id']);
    reply.header('x-correlation-id', request.correlationId);
  });
  fastify.addHook('preValidation', async (request) => {
    request.body = clean(request.body);
    request.query = clean(request.query);
    request.params = clean(request.params);
  });
}
