import * as fc from 'fast-check';
import { formatMicros, instantOf, parseMicros } from './instant';

describe('an instant', () => {
  it('keeps microseconds there and back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -4_000_000_000_000_000n, max: 4_000_000_000_000_000n }), (micros) => {
        expect(parseMicros(formatMicros(micros))).toBe(micros);
      }),
    );
  });

  it('has six fraction digits, so that text sorts as time', () => {
    expect(instantOf(new Date('2026-11-24T10:00:00.123Z'))).toBe('2026-11-24T10:00:00.123000Z');
  });

  it('reads other zones and shorter fractions', () => {
    expect(formatMicros(parseMicros('2026-06-01T10:00:00.5+01:00'))).toBe('2026-06-01T09:00:00.500000Z');
  });
});
