import { context, propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { contextBase, node, tracing } from '@opentelemetry/sdk-node';
import { stripAttributes } from './span-attributes';
import { currentTraceparent, withSpan } from './spans';

const exporter = new tracing.InMemorySpanExporter();
const provider = new node.NodeTracerProvider({
  spanProcessors: [stripAttributes(new tracing.SimpleSpanProcessor(exporter))],
});
const cause = (n: number) => `00-${String(n).repeat(32)}-${String(n).repeat(16)}-01`;

beforeAll(() => provider.register({ propagator: new W3CTraceContextPropagator() }));
beforeEach(() => exporter.reset());
afterAll(async () => {
  await provider.shutdown();
  for (const api of [trace, context, propagation]) api.disable();
});

const finished = () => {
  const [span] = exporter.getFinishedSpans();
  if (!span) throw new Error('no span has ended');
  return span;
};

describe('withSpan', () => {
  it('joins the trace of the one event that caused it', async () => {
    await withSpan('handle', { causes: [cause(1), undefined, cause(1)], kind: 'CONSUMER' }, async () => undefined);
    expect(finished().spanContext().traceId).toBe('1'.repeat(32));
    expect(finished().parentSpanContext?.spanId).toBe('1'.repeat(16));
    expect(finished().kind).toBe(contextBase.SpanKind.CONSUMER);
  });

  it('begins a trace of its own for a batch, linked to each cause', async () => {
    await withSpan('apply', { causes: [cause(1), cause(2)] }, async () => undefined);
    expect(finished().parentSpanContext).toBeUndefined();
    expect(finished().links.map((link) => link.context.traceId)).toEqual(['1'.repeat(32), '2'.repeat(32)]);
  });

  it('hands its traceparent on to what is done inside, and to the next process', async () => {
    const inside = await withSpan('outer', {}, async () => currentTraceparent());
    const { traceId, spanId } = finished().spanContext();
    expect(inside).toBe(`00-${traceId}-${spanId}-01`);
    expect(currentTraceparent()).toBeUndefined();
  });

  it('keeps the name of a failure and throws it on', async () => {
    const failure = new RangeError('Okafor, 9434765919');
    await expect(withSpan('handle', {}, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(finished().attributes).toEqual({ 'error.type': 'RangeError' });
  });
});

it('lets only allowed attributes out, no event and no status message', async () => {
  const attributes = {
    'http.route': '/people/:id',
    'url.path': '/people/1',
    'url.full': 'x',
    'db.statement': 'SELECT 1',
  };
  await withSpan('GET', { attributes }, async (span) => {
    span.recordException(new Error('Okafor'));
    span.setStatus({ code: 2, message: 'Okafor' });
  });
  expect(finished().attributes).toEqual({ 'http.route': '/people/:id' });
  expect(finished().events).toEqual([]);
  expect(finished().status).toEqual({ code: 2 });
});
