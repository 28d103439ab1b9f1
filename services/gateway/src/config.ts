import { addressesIn, withoutAddress } from '@homeward/http';
import { SEGMENTS } from './routes';

export interface GatewayConfig {
  host: string;
  port: number;
  /** Where each service answers. */
  services: Record<string, string>;
  /** Requests a minute of one caller. */
  rateLimit: number;
  /** How long a move of the simulated clock waits for the system to come to rest. */
  restWithinMs?: number;
}

type Environment = Record<string, string | undefined>;

/** `SERVICES` is `people=http://127.0.0.1:8081,referrals=…`. All that is wrong is said at once. */
export function readConfig(env: Environment): GatewayConfig {
  const problems: string[] = [];
  const port = Number(env['PORT']);
  if (!env['PORT'] || !Number.isInteger(port)) problems.push('PORT is not a port');
  const rateLimit = Number(env['RATE_LIMIT'] ?? 6_000);
  if (!Number.isInteger(rateLimit) || rateLimit < 1) problems.push('RATE_LIMIT is not a number of requests a minute');
  const services = addressesIn(env['SERVICES'] ?? '');
  for (const name of withoutAddress(services, Object.keys(SEGMENTS))) {
    problems.push(`SERVICES names no address of ${name}`);
  }
  for (const name of Object.keys(services)) {
    if (!SEGMENTS[name]) problems.push('SERVICES names a service that the gateway does not know');
  }
  if (problems.length > 0) throw new Error(`The configuration is not complete: ${problems.join('; ')}`);
  return { host: env['HOST'] ?? '127.0.0.1', port, services, rateLimit };
}
