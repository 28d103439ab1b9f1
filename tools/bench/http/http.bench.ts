import { installProjections, type EventLog } from '@homeward/messaging';
import { openPools } from '@homeward/persistence';
import { claimsFor } from '../../../infra/local/issuer/claims';
import { freePort } from '../../../infra/local/ports';
import { startTestIssuer } from '../../../libs/testing/src/issuer';
import { flow } from '../../../services/flow/src/flow.module';
import { checkoutRoot } from '../../../infra/local/checkout';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { endChild } from '../../../infra/local/processes';
import type { Bench } from '../bench';
import { compare } from '../pairs';
import type { Stage } from '../stage';

const BODY = { name: 'Community learning disability team', kind: 'community', telephone: '01632 960002' };

export const http: Bench = {
  name: 'http',
  target: 'a command over HTTP, telemetry off / bare Fastify with the same JWT check, validation and SQL ≥ 0.80',
  async run(stage) {
    const issuer = await startTestIssuer();
    stage.keep(() => issuer.stop());
    const config = await stage.database('flow', [...flow.migrations]);
    const pools = openPools(config);
    await installProjections({ config, worker: pools.worker, log: {} as EventLog, projections: flow.projections });
    await pools.end();
    const options = { config, issuer: issuer.url, audience: issuer.audience };
    const server = (script: string, telemetry: string): Promise<number> =>
      stage.worker(script, { TELEMETRY: telemetry }).ask<number>('open', options);
    const service = join(__dirname, 'http.worker.js');
    const whole = await server(service, 'off');
    const traced = await server(service, 'on');
    const bare = await server(join(__dirname, '..', 'baselines', 'bare-http.worker.js'), 'off');
    const gateway = await startGateway(stage, whole);
    const load = stage.worker(join(__dirname, 'http-load.worker.js'));
    const token = issuer.token({ ...claimsFor('manager', {}) });
    const posts = (what: string, port: number) => ({
      what,
      measure: () =>
        load.ask<number>('run', {
          ...{ port, token, path: '/teams', body: BODY },
          clients: 32,
          seconds: stage.either(5, 2),
        }),
    });
    const unit = 'requests/s';
    return [
      await compare(stage, {
        what: 'a command over HTTP / bare Fastify with the same SQL, 32 connections',
        ...{ unit, a: posts('a service', whole), b: posts('bare Fastify', bare), target: { atLeast: 0.8 } },
      }),
      await compare(stage, {
        what: 'with telemetry / without',
        ...{ unit, a: posts('with', traced), b: posts('without', whole) },
      }),
      await compare(stage, {
        what: 'through the gateway / straight to the service',
        ...{ unit, a: posts('through it', gateway), b: posts('straight', whole) },
      }),
    ];
  },
};

async function startGateway(stage: Stage, service: number): Promise<number> {
  const port = await freePort();
  const address = `http://127.0.0.1:${service}`;
  const child = spawn(process.execPath, [join(checkoutRoot(), 'dist', 'services', 'gateway', 'src', 'main.js')], {
    env: {
      ...process.env,
      ...{ PORT: String(port), TELEMETRY: 'off', LOG_LEVEL: 'silent', RATE_LIMIT: '100000000' },
      SERVICES: `people=${address},referrals=${address},flow=${address}`,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  stage.keep(() => endChild(child, 'SIGTERM', 10_000));
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => undefined);
    if (answer?.ok) return port;
    if (child.exitCode !== null) throw new Error('The gateway did not start.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
