import { trace } from '@opentelemetry/api';
import pino, { type DestinationStream, type Logger as Pino } from 'pino';
import { summariseError } from './error-summary';
import { serviceName } from './service-name';

/**
 * The fields that a log line may have. All else is dropped, whatever a caller passes: no name, NHS number, birth date,
 * free text or raw path gets into a log by accident. Ids of people are left out too; `eventId` and `correlationId` find
 * the rest for whoever may see it.
 */
const ALLOWED = {
  /** Our own words on the system's state, as at boot; never a message that came from outside. */
  reason: 'string',
  action: 'string',
  attempt: 'number',
  code: 'string',
  correlationId: 'string',
  count: 'number',
  durationMs: 'number',
  eventId: 'string',
  generation: 'number',
  group: 'string',
  lag: 'number',
  method: 'string',
  migration: 'string',
  offset: 'string',
  partition: 'number',
  port: 'number',
  position: 'string',
  projection: 'string',
  role: 'string',
  /** The template, never the raw path. */
  route: 'string',
  seconds: 'number',
  sequence: 'string',
  signal: 'string',
  source: 'string',
  status: 'number',
  subscription: 'string',
  topic: 'string',
  type: 'string',
} as const;

type Allowed = typeof ALLOWED;
export type LogFields = { [N in keyof Allowed]?: Allowed[N] extends 'number' ? number : string } & {
  /** Summarised without its message. */
  error?: unknown;
};

/** Lines of one part of the system. `event` is a constant in dots, `relay.stopped`; what varies goes into a field. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** JSON lines on standard output, at `LOG_LEVEL` (info). */
export function createLogger(component: string, destination?: DestinationStream): Logger {
  const options = {
    level: process.env['LOG_LEVEL'] ?? 'info',
    base: { service: serviceName(), component },
    timestamp: pino.stdTimeFunctions.isoTime,
    messageKey: 'event',
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const lines: Pino = destination ? pino(options, destination) : pino(options);
  return {
    debug: (event, fields) => lines.debug(allowed(fields), event),
    info: (event, fields) => lines.info(allowed(fields), event),
    warn: (event, fields) => lines.warn(allowed(fields), event),
    error: (event, fields) => lines.error(allowed(fields), event),
  };
}

function allowed(fields: LogFields = {}): Record<string, unknown> {
  const line: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(ALLOWED)) {
    const value = fields[name as keyof LogFields];
    if (typeof value === kind) line[name] = value;
  }
  if (fields.error !== undefined) line['error'] = summariseError(fields.error);
  const traceId = trace.getActiveSpan()?.spanContext().traceId;
  return traceId === undefined ? line : { ...line, traceId };
}
