import { DomainError } from '@homeward/kernel';
import {
  Busy,
  ClockBehind,
  Erased,
  IdempotencyMismatch,
  isInfrastructure,
  NotFound,
  PreconditionFailed,
  PreconditionRequired,
} from '@homeward/persistence';
import { HttpException } from '@nestjs/common';
import { Problem, Unavailable } from './problem';

/** The answer to an error; whatever is not known here is our own bug: 500, without details. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DomainError) {
    return new Problem(error.kind === 'rule' ? 422 : 409, error.code, error.message, { rule: error.rule });
  }
  if (error instanceof NotFound) return new Problem(404, error.code, error.message);
  if (error instanceof Erased) return new Problem(410, error.code, error.message);
  if (error instanceof PreconditionRequired) return new Problem(428, error.code, error.message);
  if (error instanceof PreconditionFailed) {
    return new Problem(412, error.code, error.message, { headers: { etag: `W/"${error.current}"` } });
  }
  if (error instanceof IdempotencyMismatch) return new Problem(422, error.code, error.message);
  if (error instanceof ClockBehind) return new Problem(409, error.code, error.message);
  if (error instanceof Busy) return retryLater(error.code, error.message, error.retryAfterSeconds);
  if (error instanceof Unavailable) return retryLater('unavailable', error.message, error.retryAfterSeconds);
  if (isInfrastructure(error)) return retryLater('unavailable', 'The database does not answer just now: try again.', 5);
  const status = statusOf(error);
  if (status < 500) return ofFramework(status, (error as Error).message);
  return new Problem(500, 'internal-error', 'Something went wrong on our side. It is recorded under correlationId.');
}

const retryLater = (code: string, detail: string, seconds: number): Problem =>
  new Problem(503, code, detail, { headers: { 'retry-after': String(seconds) } });

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  // Fastify's own, where no route was met.
  const isFastify = error instanceof Error && error.name === 'FastifyError' && 'statusCode' in error;
  return isFastify ? Number(error.statusCode) : 500;
}

/** The framework's own words may repeat the request, so they are replaced; those of access control are ours. */
function ofFramework(status: number, message: string): Problem {
  switch (status) {
    case 401:
      return new Problem(401, 'not-signed-in', message, { headers: { 'www-authenticate': 'Bearer' } });
    case 403:
      return new Problem(403, 'not-permitted', message);
    case 404:
      return new Problem(404, 'no-such-route', 'There is nothing at this address.');
    case 413:
      return new Problem(413, 'too-large', 'The body is larger than 256 kB.');
    case 415:
      return new Problem(415, 'not-json', 'Send the body as application/json.');
    default:
      return new Problem(status, 'bad-request', 'The request cannot be read: send well-formed JSON in UTF-8.');
  }
}
