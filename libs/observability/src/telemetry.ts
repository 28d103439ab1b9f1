import type { IncomingMessage, ServerResponse } from 'node:http';

/** What `@homeward/observability/start` started. */
export interface Telemetry {
  /** Answers Prometheus. */
  metrics(request: IncomingMessage, response: ServerResponse): void;
  shutdown(): Promise<void>;
}

let started: Telemetry | undefined;

/** Undefined with `TELEMETRY=off`, and in a process that did not import `@homeward/observability/start` first. */
export const telemetry = (): Telemetry | undefined => started;

export function keepTelemetry(value: Telemetry): void {
  started = value;
}
