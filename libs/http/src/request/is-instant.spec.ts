import { validateSync } from 'class-validator';
import { IsInstant, toInstant } from './is-instant';

class When {
  @IsInstant()
  at: unknown;
}

const isRight = (at: unknown): boolean => validateSync(Object.assign(new When(), { at })).length === 0;

describe('an instant', () => {
  it.each(['2026-11-25T09:00:00Z', '2026-07-01T09:00:00.123456+01:00', '2024-02-29T00:00:00Z'])('may be %s', (at) =>
    expect(isRight(at)).toBe(true),
  );

  it.each([
    '2026-11-25',
    '2026-11-25T09:00:00',
    '2026-02-30T09:00:00Z',
    '2026-11-25T23:59:60Z',
    '2026-13-01T09:00:00Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T00:00:00Z',
    'yesterday',
    1764061200,
    null,
    ['2026-11-25T09:00:00Z'],
  ])('may not be %s', (at) => expect(isRight(at)).toBe(false));
});

it('becomes an instant of an event, in UTC and to the microsecond', () => {
  expect(toInstant('2026-07-01T09:00:00.123456+01:00')).toBe('2026-07-01T08:00:00.123456Z');
});
