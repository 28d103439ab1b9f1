import { figure, quantile, worst } from './figures';

describe('a figure', () => {
  it('is a median with quartiles', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(figure('x', 'ms', [10, 10.1, 10.2, 9.9, 10])).toMatchObject({ median: 10, noisy: false });
  });

  it('meets its target or not', () => {
    expect(figure('x', 'ratio', [0.8, 0.81, 0.8], { atLeast: 0.8 }).met).toBe(true);
    expect(figure('x', 'ratio', [0.79, 0.79, 0.79], { atLeast: 0.8 }).met).toBe(false);
    expect(figure('x', 'ms', [17, 17, 17], { atMost: 17 }).met).toBe(true);
  });

  it('is none when its quartiles are over 15 % apart, whatever its median', () => {
    const noisy = figure('x', 'ratio', [0.5, 0.9, 1.3, 0.7, 1.1], { atLeast: 0.8 });
    expect(noisy).toMatchObject({ noisy: true, met: undefined });
  });

  it('that is none still tells on which side of its target it is, when it is there with both quartiles', () => {
    expect(figure('x', 'ms', [0.3, 0.5, 0.4], { atMost: 1 })).toMatchObject({ noisy: true, met: true });
    expect(figure('x', 'ms', [3, 5, 4], { atMost: 1 })).toMatchObject({ noisy: true, met: false });
  });

  it('of a promise is its worst run', () => {
    expect(worst('repeated', 'events', [0, 500, 12], { atMost: 500 })).toMatchObject({ median: 500, met: true });
    expect(worst('repeated', 'events', [0, 501, 12], { atMost: 500 })).toMatchObject({ met: false, noisy: false });
  });
});
