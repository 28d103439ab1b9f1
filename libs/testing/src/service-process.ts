import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ServiceConfig } from '@homeward/bootstrap';
import { ended } from '../../../infra/local/processes';
import { eventually } from './eventually';

/** The `main.ts` of the tiny service. */
export const TINY_MAIN = join(__dirname, 'tiny-main.ts');

/** A service as it runs in production: a process of its own, told everything by its environment. */
export interface ServiceProcess {
  child: ChildProcess;
  /** What it wrote to standard output and standard error. */
  output(): string;
  /** Resolves to its address when it has started. */
  url(): Promise<string>;
  /** Resolves when it has ended by itself, to its exit code; null after SIGKILL. */
  ended(): Promise<number | null>;
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export function startServiceProcess(script: string, env: Record<string, string>): ServiceProcess {
  const child = spawn(process.execPath, ['-r', join(__dirname, 'register.js'), script], {
    env: { ...process.env, LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (output += text.toString()));
  const exitCode = async (): Promise<number | null> => {
    await ended(child);
    return child.exitCode;
  };
  return {
    child,
    output: () => output,
    url: async () => {
      const port = await eventually(() => {
        if (child.exitCode !== null) throw new Error(`it ended:\n${output}`);
        return /"port":(\d+),"event":"service.started"/.exec(output)?.[1] ?? false;
      }, 30_000);
      return `http://127.0.0.1:${String(port)}`;
    },
    ended: exitCode,
    end: (signal) => {
      child.kill(signal);
      return exitCode();
    },
  };
}

/** The environment that tells a service this configuration. */
export function environmentFor(config: ServiceConfig): Record<string, string> {
  const { eventLog } = config;
  const log: Record<string, string | undefined> =
    eventLog.kind === 'kafka'
      ? { EVENT_LOG: 'kafka', KAFKA_BROKERS: eventLog.brokers.join(','), KAFKA_PREFIX: eventLog.prefix }
      : { EVENT_LOG: 'postgres', EVENT_LOG_DATABASE: eventLog.database };
  return {
    ...(log as Record<string, string>),
    HOST: config.host,
    PORT: String(config.port),
    DATABASE_HOST: config.database.host,
    DATABASE_PORT: String(config.database.port),
    DATABASE_PASSWORD: config.database.password,
    DATABASE_NAME: String(config.database.database),
    ISSUER: config.issuer,
    AUDIENCE: config.audience,
    SERVICE_KEY_FILE: config.serviceKeyFile,
    AUDIT_KEY_FILE: config.auditKeyFile,
    PEOPLE_URL: config.peopleUrl,
    SERVICES: Object.entries(config.services)
      .map(([name, url]) => `${name}=${url}`)
      .join(),
    SECRET: config.secret,
    CLOCK: config.simulated ? 'simulated' : 'system',
  };
}

export interface CollectedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: Record<string, unknown> }[];
}

/** Takes the spans that processes send, as a collector would. */
export interface TraceCollector {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  url: string;
  spans(): CollectedSpan[];
  /** Everything as it was sent. */
  raw(): string;
  stop(): Promise<void>;
}

export async function startTraceCollector(): Promise<TraceCollector> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (text: Buffer) => (body += text.toString()));
    request.on('end', () => {
      bodies.push(body);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  interface Sent {
    resourceSpans: { scopeSpans: { spans: CollectedSpan[] }[] }[];
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () =>
      bodies.flatMap((body) =>
        (JSON.parse(body) as Sent).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
    raw: () => bodies.join('\n'),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
