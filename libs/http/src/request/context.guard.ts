import { isUuid } from '@homeward/kernel';
import { currentTraceparent } from '@homeward/observability';
import { ClockBehind, PreconditionRequired, type CommandContext, type RequestContext } from '@homeward/persistence';
import { ForbiddenException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { sign } from '../keys';
import { badRequest } from '../problem/problem';
import { ROUTE, type RouteMeta } from '../route';
import { idempotencyKeyOf, simulatedNowOf, versionOf } from './command-headers';
import { templateOf, type HomewardRequest } from './homeward-request';

export interface ContextOptions {
  /** Says who calls and whether they may: sets `principal` and `role` on the request, or throws 401 or 403. */
  access: CanActivate;
  fingerprintKey: Buffer;
  /** `CLOCK=simulated`: answers what the clock shows, or undefined while nobody has set it. */
  simulatedClock?: () => Promise<Date | undefined>;
}

/** After it a handler has all it needs in its `@Context()`, or the request was refused. */
export class ContextGuard implements CanActivate {
  constructor(private readonly options: ContextOptions) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<HomewardRequest>();
    request.meta = Reflect.getMetadata(ROUTE, context.getHandler()) as RouteMeta | undefined;
    if (!(await this.options.access.canActivate(context))) throw new ForbiddenException('Your role may not do this.');
    if (!request.meta) return true;
    checkIds(request.params as Record<string, string>);
    const simulatedNow = simulatedNowOf(request.headers['x-simulated-now'], this.options.simulatedClock !== undefined);
    const base = baseContext(request, simulatedNow);
    if (this.options.simulatedClock) {
      const shown = await this.options.simulatedClock();
      const reply = context.switchToHttp().getResponse<FastifyReply>();
      reply.header('x-simulated-now', (simulatedNow ?? shown ?? new Date()).toISOString());
      // A command is judged by write(), under the lock.
      const isBehind = simulatedNow !== undefined && shown !== undefined && simulatedNow < shown;
      if (request.meta.kind === 'query' && isBehind) throw new ClockBehind();
    }
    request.homeward = request.meta.kind === 'query' ? base : this.command(request, base, request.meta);
    return true;
  }

  private command(request: HomewardRequest, base: RequestContext, meta: RouteMeta): CommandContext {
    const ifMatch = meta.ifMatch ? versionOf(request.headers['if-match']) : undefined;
    const key = meta.keyless ? undefined : idempotencyKeyOf(request.headers['idempotency-key']);
    request.homeward = base;
    if (meta.ifMatch && ifMatch === undefined) throw new PreconditionRequired();
    const path = request.url.split('?')[0];
    const fingerprint = sign(this.options.fingerprintKey, path, request.body ?? null, ifMatch ?? null);
    return { ...base, idempotency: key ? { key, fingerprint } : undefined, ifMatch };
  }
}

/** What is known of a request of a known caller, also of one that was refused before it had a role. */
export function baseContext(request: HomewardRequest, simulatedNow?: Date): RequestContext {
  const { principal, role = 'none', meta, correlationId } = request;
  if (!principal || !correlationId) throw new Error('nobody has said who calls');
  return {
    principal,
    role,
    action: meta?.action ?? 'none',
    route: templateOf(request),
    correlationId,
    traceparent: currentTraceparent(),
    simulatedNow,
  };
}

/** Parameters called `id` or `…Id` are UUIDs, everywhere. */
function checkIds(params: Record<string, string>): void {
  for (const [name, value] of Object.entries(params)) {
    if (/(^i|I)d$/.test(name) && !isUuid(value)) throw badRequest('id-invalid', `${name} in the path must be a UUID.`);
  }
}
