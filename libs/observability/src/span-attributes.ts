import type { tracing } from '@opentelemetry/sdk-node';

/**
 * The attributes that may leave the process. A raw path, URL or query holds ids of people; a statement or an exception's
 * message may hold values. The route's template, sizes, codes and names of systems are enough to find one's way.
 */
const ALLOWED = new Set([
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'error.type',
  'server.address',
  'server.port',
  'network.protocol.version',
  'db.system',
  'db.system.name',
  'db.name',
  'db.namespace',
  'db.operation.name',
  'nestjs.version',
  'nestjs.type',
  'nestjs.module',
  'nestjs.controller',
  'nestjs.callback',
  'component',
  'messaging.batch.message_count',
  'messaging.consumer.group.name',
  'messaging.destination.name',
  'messaging.destination.partition.id',
  'messaging.operation.name',
  'messaging.system',
  'homeward.event.id',
  'homeward.event.type',
  'homeward.projection',
  'homeward.reaction',
  'homeward.subscription',
]);

/** Wraps a processor: strips what is not allowed, the status's message, and events (exceptions with their message). */
export function stripAttributes(inner: tracing.SpanProcessor): tracing.SpanProcessor {
  return {
    onStart: (span, parent) => inner.onStart(span, parent),
    onEnd: (span) => {
      for (const name of Object.keys(span.attributes)) if (!ALLOWED.has(name)) delete span.attributes[name];
      span.events.length = 0;
      delete span.status.message;
      inner.onEnd(span);
    },
    forceFlush: () => inner.forceFlush(),
    shutdown: () => inner.shutdown(),
  };
}
