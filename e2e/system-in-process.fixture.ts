import { topicsFor } from '@homeward/bootstrap';
import { openTestLog } from '@homeward/testing';
import { createTestService, tokenOf, type TestService } from '@homeward/testing/service';
import type { AddressInfo } from 'node:net';
import type { Claims, Wishes } from '../infra/local/issuer/claims';
import type { PersonaName } from '../infra/local/issuer/personas';
import { startTestIssuer } from '../libs/testing/src/issuer';
import { createGateway } from '../services/gateway/src/gateway';
import { SERVICES } from '../tools/ops/services';

export interface SystemInProcess {
  /** The gateway’s. */
  url: string;
  issuer: string;
  /** In the order of SERVICES. */
  services: TestService[];
  /** Where each service is told that they all are. */
  addresses: Record<string, string>;
  token(who: PersonaName | Partial<Claims>, wishes?: Wishes): string;
  stop(): Promise<void>;
}

/** Every service and the gateway in this process, on one log and on simulated time. */
export async function startInProcess(kind: 'postgres' | 'kafka'): Promise<SystemInProcess> {
  const issuer = await startTestIssuer();
  const log = await openTestLog(kind, [...new Set(SERVICES.flatMap(({ name }) => topicsFor(name)))]);
  const addresses: Record<string, string> = {};
  const options = { issuer, log: log.config, simulated: true, services: addresses };
  const services: TestService[] = [];
  // people is first: the others ask it.
  for (const service of SERVICES) {
    const started = await createTestService(service, { ...options, peopleUrl: services[0]?.url });
    addresses[service.name] = started.url;
    services.push(started);
  }
  const gateway = await createGateway({
    host: '',
    port: 0,
    services: addresses,
    rateLimit: 100_000,
    restWithinMs: 3_000,
  });
  await gateway.listen({ port: 0, host: '127.0.0.1' });
  return {
    url: `http://127.0.0.1:${(gateway.server.address() as AddressInfo).port}`,
    issuer: issuer.url,
    services,
    addresses,
    token: (who, wishes) => tokenOf(issuer, who, wishes),
    stop: async () => {
      await gateway.close();
      for (const service of services) await service.stop();
      await log.close();
      await issuer.stop();
    },
  };
}
