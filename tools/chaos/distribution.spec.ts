import { distributionOf, histogramOf } from './distribution';

const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

describe('a distribution', () => {
  it('names the value that so many are not above', () => {
    expect(distributionOf(hundred)).toEqual({ count: 100, p50: 50, p90: 90, p99: 99, max: 100 });
    expect(distributionOf([7])).toEqual({ count: 1, p50: 7, p90: 7, p99: 7, max: 7 });
    expect(distributionOf([])).toEqual({ count: 0, p50: 0, p90: 0, p99: 0, max: 0 });
  });

  it('as a histogram counts each value once', () => {
    expect(histogramOf([1, 10, 11, 500], [10, 100])).toEqual([
      { below: 10, count: 1 },
      { below: 100, count: 2 },
      { below: null, count: 1 },
    ]);
  });
});
