import fc from 'fast-check';
import type { Incoming } from './incoming';
import { takeNext, type Taken } from './inbox';

const at = (stream: string, sequence: number): Incoming => ({
  source: '/homeward/people',
  stream,
  sequence: BigInt(sequence),
  type: '',
  record: { headers: {}, value: '' },
});
const key = (stream: string): string => `/homeward/people ${stream}`;

describe('what an inbox lets through', () => {
  const streams = fc.constantFrom('person/a', 'person/b');
  const arrivals = fc.array(fc.tuple(streams, fc.integer({ min: 1, max: 8 })), { maxLength: 40 });
  const lasts = fc.record({ 'person/a': fc.integer({ min: 0, max: 4 }), 'person/b': fc.integer({ min: 0, max: 4 }) });

  it('is each stream’s next, each once, in whatever order and however often they come', () => {
    fc.assert(
      fc.property(arrivals, lasts, (events, before) => {
        const taken: Taken = new Map(Object.entries(before).map(([stream, last]) => [key(stream), BigInt(last)]));
        const { fresh, gaps } = takeNext(
          events.map(([stream, sequence]) => at(stream, sequence)),
          taken,
        );
        for (const stream of ['person/a', 'person/b'] as const) {
          const through = fresh.filter((e) => e.stream === stream).map((e) => Number(e.sequence));
          expect(through).toEqual(through.map((_, i) => before[stream] + 1 + i));
          const highest = Math.max(0, ...events.filter(([s]) => s === stream).map(([, sequence]) => sequence));
          const last = before[stream] + through.length;
          expect(Number(taken.get(key(stream)))).toBe(last);
          // Nothing that came is forgotten: it was taken, or its stream has a gap.
          expect(gaps.some(({ event }) => event.stream === stream)).toBe(highest > last);
        }
      }),
    );
  });
});
