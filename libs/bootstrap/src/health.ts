import type { FastifyInstance } from 'fastify';

/** One thing that a service leans on. Resolves to what is wrong, in our words, or to undefined. */
export interface Check {
  name: string;
  run(): Promise<string | undefined>;
}

const PATIENCE_MS = 2_000;

/**
 * `/health/live`: the process answers. `/health/ready`: it can do its work; else 503 and which part cannot. Outside the
 * Nest application: no token, no audit, no trace.
 */
export function serveHealth(server: FastifyInstance, checks: readonly Check[]): void {
  server.get('/health/live', () => ({ status: 'live' }));
  server.get('/health/ready', async (_, reply) => {
    const answers = await Promise.all(checks.map(answerOf));
    const failing = answers.filter(({ problem }) => problem !== undefined);
    if (failing.length === 0)
      return { status: 'ready', checks: Object.fromEntries(checks.map(({ name }) => [name, 'ok'])) };
    return reply
      .status(503)
      .header('content-type', 'application/problem+json')
      .send({
        type: 'about:blank',
        title: 'Not ready',
        status: 503,
        detail: failing.map(({ name, problem }) => `${name}: ${problem}`).join('; '),
        checks: Object.fromEntries(answers.map(({ name, problem }) => [name, problem ?? 'ok'])),
      });
  });
}

async function answerOf({ name, run }: Check): Promise<{ name: string; problem?: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('did not answer in time'), PATIENCE_MS);
  });
  const problem = await Promise.race([run().catch(() => 'cannot be reached'), late]);
  clearTimeout(timer);
  return { name, problem };
}
