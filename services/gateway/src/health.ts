import { PROBLEM_TYPE, Problem } from '@homeward/http';
import type { FastifyInstance } from 'fastify';

const PATIENCE_MS = 3_000;

interface Readiness {
  ready: boolean;
  checks: unknown;
}

/** Live: this process answers. Ready: every service says that it is; each one's checks are summed up. */
export function serveHealth(gateway: FastifyInstance, services: Record<string, string>): void {
  gateway.get('/health/live', () => ({ status: 'live' }));
  gateway.get('/health/ready', async (_, reply) => {
    const names = Object.keys(services);
    const answers = await Promise.all(names.map((name) => readinessOf(String(services[name]))));
    const checks = Object.fromEntries(names.map((name, i) => [name, answers[i]?.checks]));
    const notReady = names.filter((_, i) => !answers[i]?.ready);
    if (notReady.length === 0) return { status: 'ready', services: checks };
    const problem = new Problem(503, 'not-ready', `Not ready: ${notReady.join(', ')}.`);
    return reply
      .code(503)
      .type(PROBLEM_TYPE)
      .send({ ...problem.body(), services: checks });
  });
}

async function readinessOf(address: string): Promise<Readiness> {
  try {
    const response = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const { checks } = (await response.json()) as { checks?: unknown };
    return { ready: response.ok, checks };
  } catch {
    return { ready: false, checks: 'does not answer' };
  }
}
