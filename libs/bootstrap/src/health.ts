import { Problem, PROBLEM_TYPE } from '@homeward/http';
import type { FastifyInstance } from 'fastify';

/** How one thing that a service leans on stands. `problem` says what is wrong, in our words; the rest are numbers. */
export type Standing = { problem?: string } & Record<string, unknown>;

export type Checks = Record<string, () => Promise<Standing>>;

const PATIENCE_MS = 2_000;

/**
 * `/health/live`: the process answers. `/health/ready`: it can do its work; else 503 and which part cannot. Outside the
 * Nest application: no token, no audit, no trace; nothing of any person.
 */
export function serveHealth(server: FastifyInstance, checks: Checks): void {
  server.get('/health/live', () => ({ status: 'live' }));
  server.get('/health/ready', async (_, reply) => {
    const names = Object.keys(checks);
    const standings = await Promise.all(Object.values(checks).map(standingOf));
    const shown = Object.fromEntries(names.map((name, at) => [name, show(standings[at] ?? {})]));
    const problems = names.flatMap((name, at) => (standings[at]?.problem ? [`${name}: ${standings[at].problem}`] : []));
    if (problems.length === 0) return { status: 'ready', checks: shown };
    const problem = new Problem(503, 'not-ready', `${problems.join('; ')}.`);
    return reply
      .code(503)
      .type(PROBLEM_TYPE)
      .send({ ...problem.body(), checks: shown });
  });
}

const show = ({ problem, ...numbers }: Standing): object => ({ status: problem ?? 'ok', ...numbers });

async function standingOf(check: () => Promise<Standing>): Promise<Standing> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Standing>((resolve) => {
    timer = setTimeout(() => resolve({ problem: 'does not answer in time' }), PATIENCE_MS);
  });
  const standing = await Promise.race([check().catch(() => ({ problem: 'cannot be reached' })), late]);
  clearTimeout(timer);
  return standing;
}
