import { metrics, type Attributes, type Counter } from '@opentelemetry/api';

/** Gauges: asked when `/metrics` is read. `http.server.request.duration`, by route and status, comes by itself. */
export const GAUGES = {
  'homeward.outbox.age.seconds': { unit: 's', description: 'How long the oldest unpublished event has waited' },
  'homeward.outbox.unpublished': { unit: '{event}', description: 'Events that the relay has not published' },
  'homeward.audit.unsigned.seconds': {
    unit: 's',
    description: 'How long the oldest row of the audit has waited to be signed; heads are signed once a minute',
  },
  'homeward.reader.lag': { unit: '{event}', description: 'Events between a reader and the end of the log' },
  'homeward.reader.stopped': {
    unit: '{reader}',
    description: '1 while a reader has stopped and waits for an operator',
  },
  'homeward.acceptance.waiting.seconds': {
    unit: 's',
    description: 'How long the oldest accepted referral has waited for its episode; over 60 s is an alert',
  },
  'homeward.deadlines.behind.seconds': {
    unit: 's',
    description: 'How long the oldest deadline that is due has waited for a clock; over 60 s is an alert',
  },
  'homeward.projection.stale': { unit: '{projection}', description: 'Projections that stand still, by reader' },
  'homeward.parked.streams': { unit: '{stream}', description: 'Streams that are parked, by reader' },
} as const;

export const COUNTERS = {
  'homeward.events.skipped': 'Events of a name that this release does not know',
  'homeward.tokens.refused': 'Requests without a token that may be believed',
} as const;

export interface Reading {
  value: number;
  attributes?: Attributes;
}

const meter = () => metrics.getMeter('homeward');

/** Answers the gauge from `read`, which must be cheap; a failing `read` leaves the gauge out of that scrape. */
export function gauge(name: keyof typeof GAUGES, read: () => Promise<Reading[]>): void {
  meter()
    .createObservableGauge(name, GAUGES[name])
    .addCallback(async (result) => {
      for (const { value, attributes } of await read().catch(() => [])) result.observe(value, attributes);
    });
}

const counters = new Map<string, Counter>();

/** Attributes are few and coded: each combination is a series of its own. */
export function count(name: keyof typeof COUNTERS, attributes?: Attributes): void {
  let counter = counters.get(name);
  if (!counter) counters.set(name, (counter = meter().createCounter(name, { description: COUNTERS[name] })));
  counter.add(1, attributes);
}
