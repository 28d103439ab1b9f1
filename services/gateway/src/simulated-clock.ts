import { badRequest, isInstant, Problem, PROBLEM_TYPE, Unavailable } from '@homeward/http';
import type { FastifyInstance } from 'fastify';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 30_000;
const POLL_MS = 10;

/** What a service says of itself; see `libs/bootstrap`, at rest. */
interface Standing {
  atRest: boolean;
  clock: string | null;
  published: string | null;
}

/** A service refuses: its answer is ours. */
class Refused extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
  ) {
    super(`a service answered ${status}`);
  }
}

/**
 * `POST /_simulation/clock`: the whole system comes to rest, then every service's clock is raised, and what that set off
 * comes to rest too. Services decide who may, by the caller's own token.
 */
export function serveSimulatedClock(
  gateway: FastifyInstance,
  services: Record<string, string>,
  patienceMs = PATIENCE_MS,
): void {
  gateway.post('/_simulation/clock', async (request, reply) => {
    const now = await nowOf(request.body as Readable | undefined);
    const headers = {
      authorization: request.headers.authorization ?? '',
      'x-correlation-id': String(request.headers['x-correlation-id']),
    };
    const ask = async (more: Record<string, string> = {}) => {
      const all = Object.entries(services).map(([name, address]) => standingOf(name, address, { ...headers, ...more }));
      return Promise.all(all);
    };
    try {
      const before = await ask();
      if (before.some(({ clock }) => clock !== null && clock > now)) throw behind();
      const until = Date.now() + patienceMs;
      const rested = await rest(ask, before, until);
      await rest(() => ask({ 'x-simulated-now': now }), rested, until);
      return reply.header('x-simulated-now', now).send({ now });
    } catch (error) {
      if (error instanceof Refused) return reply.code(error.status).type(PROBLEM_TYPE).send(error.body);
      throw error;
    }
  });
}

/**
 * At rest twice, with nothing published in between: what a service had published when it was first asked was in the log,
 * so every other had taken it when it was asked again.
 */
async function rest(ask: () => Promise<Standing[]>, before: Standing[], until: number): Promise<Standing[]> {
  for (let last = before; ; await sleep(POLL_MS)) {
    const next = await ask();
    const still = next.every(
      ({ published, atRest }, i) => atRest && last[i]?.atRest && published === last[i].published,
    );
    if (still) return next;
    if (Date.now() > until) throw notAtRest();
    last = next;
  }
}

async function standingOf(name: string, address: string, headers: Record<string, string>): Promise<Standing> {
  const response = await fetch(`${address}/_simulation/internal/at-rest`, {
    headers,
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => {
    throw new Unavailable(name);
  });
  if (response.status >= 500) throw new Unavailable(name);
  if (!response.ok) throw new Refused(response.status, await response.text());
  return (await response.json()) as Standing;
}

async function nowOf(body: Readable | undefined): Promise<string> {
  const sent = parsed(body ? await text(body) : '');
  const isRight = typeof sent === 'object' && sent !== null && Object.keys(sent).join() === 'now';
  const now = isRight && 'now' in sent ? sent.now : undefined;
  if (isInstant(now)) return new Date(now).toISOString();
  throw badRequest('simulated-now-invalid', 'Send { "now": … } with an instant, such as 2026-11-25T09:00:00Z.');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw badRequest('not-json', 'The body is not JSON.');
  }
}

const behind = () =>
  new Problem(
    409,
    'clock-behind',
    'This lies before the simulated clock, which only goes forward: nothing was changed.',
  );

const notAtRest = () =>
  new Problem(503, 'not-at-rest', 'The system has not come to rest: something is still on its way. Try again.', {
    headers: { 'retry-after': '5' },
  });
