import { count, createLogger } from '@homeward/observability';
import { isAudited, type Database } from '@homeward/persistence';
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { baseContext } from '../request/context.guard';
import { templateOf, type HomewardRequest } from '../request/homeward-request';
import { Problem, PROBLEM_TYPE } from './problem';
import { problemOf } from './problem-of';

const log = createLogger('http');
/** Of a known caller; a 401 has none, and a 400 asked for nothing that can be named. */
const AUDITED = [403, 404, 409, 412, 422, 428];

/** Every error becomes a problem; a refusal leaves its audit row before it is answered. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly database: Database,
    /** Methods that the path has, for one that it has not. */
    private readonly allowed: (path: string) => string[],
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<HomewardRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = this.wrongMethod(request) ?? problemOf(error);
    await this.send(request, reply, problem, error);
  }

  private async send(request: HomewardRequest, reply: FastifyReply, problem: Problem, cause: unknown): Promise<void> {
    if (problem.status === 401) count('homeward.tokens.refused');
    const answer = await this.audit(request, problem, cause).catch((failure: unknown) => {
      log.error('http.refusal.not-audited', { error: failure, correlationId: request.correlationId });
      return new Problem(503, 'unavailable', 'The request cannot be recorded just now: try again.', {
        headers: { 'retry-after': '5' },
      });
    });
    if (answer.status >= 500) {
      const { correlationId, method } = request;
      const fields = { error: cause, correlationId, method, route: templateOf(request), status: answer.status };
      log[answer.status === 500 ? 'error' : 'warn']('http.failed', fields);
    }
    await reply
      .code(answer.status)
      .headers(answer.extras.headers ?? {})
      .type(PROBLEM_TYPE)
      .send(answer.body(request.correlationId));
  }

  private async audit(request: HomewardRequest, problem: Problem, cause: unknown): Promise<Problem> {
    const { principal, meta } = request;
    if (!principal || !meta || !AUDITED.includes(problem.status)) return problem;
    // write() leaves the row of what it refuses, and read() that of what it did not find.
    const done = isAudited(cause) || (meta.kind === 'query' && problem.status === 404);
    if (!done) await this.database.refused(request.homeward ?? baseContext(request), problem.code);
    return problem;
  }

  private wrongMethod(request: HomewardRequest): Problem | undefined {
    if (request.routeOptions.url !== undefined) return undefined;
    const methods = this.allowed(request.url.split('?')[0] ?? '');
    if (methods.length === 0) return undefined;
    return new Problem(405, 'method-not-allowed', `This address takes ${methods.join(', ')}.`, {
      headers: { allow: methods.join(', ') },
    });
  }
}
