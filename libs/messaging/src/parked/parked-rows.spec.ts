import { park } from './parked-rows';

it('a parked row holds no NUL, which PostgreSQL cannot keep, in any text of it', () => {
  const record = { headers: { ce_type: 'a\0b' }, value: '\0' };
  const event = { source: 's\0', stream: 's\0', sequence: 1n, type: 'a\0b', record, invalid: 'x' };
  const { values } = park([{ subscription: 'seen', event, reason: 'poison: /a\0b' }]);
  const texts = values.flat().filter((value): value is string => typeof value === 'string');
  expect(texts).toHaveLength(5);
  for (const text of texts) expect(text).not.toMatch(/\0|\\u0000/);
});
