/**
 * Imported first by every `main.ts`, before anything that is to be traced. OpenTelemetry costs 130–220 µs of processor
 * time a request; `TELEMETRY=off` starts nothing: no traces, no `traceparent` in events, no `/metrics`.
 * Spans go to `OTEL_EXPORTER_OTLP_ENDPOINT` when it is set; metrics are read at the service's own `/metrics`.
 */
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { NestInstrumentation } from '@opentelemetry/instrumentation-nestjs-core';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { NodeSDK, tracing } from '@opentelemetry/sdk-node';
import { serviceName } from './service-name';
import { stripAttributes } from './span-attributes';
import { keepTelemetry } from './telemetry';

const QUIET = /^\/(health|metrics)(\/|\?|$)/;

/** Without an exporter spans are made all the same: their ids travel in events and logs. */
class NoProcessor implements tracing.SpanProcessor {
  onStart(): void {}
  onEnd(): void {}
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}

function processor(): tracing.SpanProcessor {
  if (!process.env['OTEL_EXPORTER_OTLP_ENDPOINT']) return new NoProcessor();
  return stripAttributes(new tracing.BatchSpanProcessor(new OTLPTraceExporter()));
}

// kafkajs is not instrumented: a span a message, in traces of their own. Relay and readers make the spans themselves,
// with the event's `traceparent`, the same on both logs.
if (process.env['TELEMETRY'] !== 'off') {
  process.env['OTEL_LOGS_EXPORTER'] ??= 'none';
  const prometheus = new PrometheusExporter({ preventServerStart: true });
  const sdk = new NodeSDK({
    serviceName: serviceName(),
    autoDetectResources: false,
    metricReaders: [prometheus],
    spanProcessors: [processor()],
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url }) => QUIET.test(url ?? ''),
        requireParentforOutgoingSpans: true,
      }),
      new NestInstrumentation(),
      new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true }),
    ],
  });
  sdk.start();
  keepTelemetry({
    metrics: (request, response) => prometheus.getMetricsRequestHandler(request, response),
    shutdown: () => sdk.shutdown(),
  });
}
