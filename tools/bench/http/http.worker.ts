import '@homeward/observability/start'; // TELEMETRY=off starts nothing
import { PermissionGuard, TokenVerifier } from '@homeward/auth';
import { createHttpApp } from '@homeward/http';
import { systemClock } from '@homeward/kernel';
import { Database, openPools, type DatabaseConfig } from '@homeward/persistence';
import { serviceModule } from '../../../libs/bootstrap/src/service-module';
import { flow } from '../../../services/flow/src/flow.module';
import { offer } from '../worker';

const SECRET = 'a-secret-of-the-bench-that-is-long-enough';

/** Flow's HTTP side, put together as a service does it, without relay and readers: their cost is measured apart. */
offer({
  open: async ({ config, issuer, audience }: { config: DatabaseConfig; issuer: string; audience: string }) => {
    const pools = openPools(config);
    const database = new Database({ service: flow.name, app: pools.app, worker: pools.worker, clock: systemClock });
    const module = serviceModule(flow, {
      config: { service: flow.name, secret: SECRET, peopleUrl: 'http://127.0.0.1:9', services: {}, simulated: false },
      ...{ database, pools, clock: systemClock, token: () => Promise.resolve('') },
    });
    const app = await createHttpApp(module, {
      ...{ service: flow, database, secret: SECRET },
      access: new PermissionGuard(new TokenVerifier({ issuer, audience })),
    });
    await app.listen(0, '127.0.0.1');
    return Number(new URL(await app.getUrl()).port);
  },
});
