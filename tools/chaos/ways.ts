import { startTcpProxy, type TcpProxy } from '../../infra/local/tcp-proxy';
import type { PortBlock } from '../start/ports';

/** Every connection of a service to the database and to the log leads through these, so that it can be made slow. */
export interface Ways {
  postgres: TcpProxy;
  kafka: TcpProxy;
  /** What the processes are told instead of the real ports. */
  environment: Record<string, string>;
  close(): Promise<void>;
}

const DATABASE_OF_THE_LOG = 'database\0event_log\0';

export async function openWays(ports: PortBlock): Promise<Ways> {
  const host = '127.0.0.1';
  const postgres = await startTcpProxy({ host, port: ports.postgres }, ports.postgres + 3);
  const kafka = await startTcpProxy({ host, port: ports.kafka }, ports.kafka + 3);
  return {
    postgres,
    kafka,
    environment: { DATABASE_PORT: String(postgres.port) },
    close: async () => void (await Promise.all([postgres.close(), kafka.close()])),
  };
}

/** 40 ms and 256 kB/s a piece: a broker at the other end of a bad line. On the Postgres log, its database only. */
export function slowLog({ postgres, kafka }: Ways, slow: boolean): void {
  const how = slow ? { milliseconds: 40, bytesPerSecond: 256_000 } : undefined;
  kafka.slow(how);
  postgres.slow(how && { ...how, only: (greeting) => greeting.includes(DATABASE_OF_THE_LOG) });
}

/** The services' own databases, each answer 10 ms late: what a slow network makes of a fast server. */
export function slowDatabases({ postgres }: Ways, slow: boolean): void {
  const only = (greeting: string) => !greeting.includes(DATABASE_OF_THE_LOG);
  postgres.slow(slow ? { milliseconds: 10, bytesPerSecond: 2_000_000, only } : undefined);
}
