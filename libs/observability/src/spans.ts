import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';
import { getRPCMetadata } from '@opentelemetry/core';

/** What a span may be linked to at most, by OpenTelemetry's own limit. */
const MAX_LINKS = 128;

const tracer = () => trace.getTracer('homeward');

/** W3C `traceparent` of the active span, to be kept with an event or sent with a request; undefined without telemetry. */
export function currentTraceparent(): string | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  if (!span || !trace.isSpanContextValid(span)) return undefined;
  return `00-${span.traceId}-${span.spanId}-${(span.traceFlags & 0xff).toString(16).padStart(2, '0')}`;
}

export interface SpanOptions {
  /**
   * What caused it, when that lies in another process: `traceparent` of one event or of each event of a batch.
   * Of one cause the span is a child; with several it begins a trace of its own that is linked to each.
   */
  causes?: readonly (string | undefined)[];
  kind?: keyof typeof SpanKind;
  /** Ids of people and free text have no place here; unknown names are dropped on export. */
  attributes?: Attributes;
}

/** Runs `work` in a span that ends with it; a failure marks the span with the error's name, never its message. */
export async function withSpan<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  const { parent, links } = parentOf(options.causes);
  const settings = { kind: SpanKind[options.kind ?? 'INTERNAL'], attributes: options.attributes, links };
  return tracer().startActiveSpan(name, settings, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Gives the request's span and its duration metric the route's template, `/people/:id`. */
export function nameRoute(template: string | undefined): void {
  const request = getRPCMetadata(context.active());
  if (request && template !== undefined) request.route = template;
}

function parentOf(causes: SpanOptions['causes']): { parent: Context; links: { context: SpanContext }[] } {
  if (causes === undefined) return { parent: context.active(), links: [] };
  const distinct = [...new Set(causes)].filter((cause) => cause !== undefined).slice(0, MAX_LINKS);
  const remote = distinct.map((traceparent) => propagation.extract(ROOT_CONTEXT, { traceparent }));
  const [only] = remote;
  if (only && remote.length === 1) return { parent: only, links: [] };
  const contexts = remote.map((one) => trace.getSpanContext(one)).filter((one) => one !== undefined);
  return { parent: ROOT_CONTEXT, links: contexts.map((one) => ({ context: one })) };
}
