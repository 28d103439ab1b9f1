import { happenedBy } from './occurrence';

describe('the instant by which it had happened', () => {
  it.each([
    ['at its instant', '2026-11-20T10:00:00.000000Z', '2026-11-25T09:00:00.000000Z', '2026-11-20T10:00:00.000000Z'],
    ['of a day in winter, at its end', '2026-11-20', '2026-11-25T09:00:00.000000Z', '2026-11-21T00:00:00.000000Z'],
    ['of a day in summer, at its end', '2026-07-20', '2026-11-25T09:00:00.000000Z', '2026-07-20T23:00:00.000000Z'],
    ['of the day on which the clocks go back', '2026-10-25', '2026-11-25T09:00:00Z', '2026-10-26T00:00:00.000000Z'],
    ['of the day on which they go forward', '2026-03-29', '2026-11-25T09:00:00Z', '2026-03-29T23:00:00.000000Z'],
    ['of today, when it was told', '2026-11-25', '2026-11-25T09:00:00.000001Z', '2026-11-25T09:00:00.000001Z'],
  ])('%s', (_, occurred, recorded, end) => expect(happenedBy(occurred, recorded)).toBe(end));
});
