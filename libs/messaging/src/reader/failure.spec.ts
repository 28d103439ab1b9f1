import { Busy, SequenceGap, StaleWrite } from '@homeward/persistence';
import { tooEarly } from '../subscription';
import { kindOf, reasonOf, Unreadable } from './failure';

const sqlState = (code: string): Error => Object.assign(new Error('Key (name)=(Ada) exists'), { code });

describe('four ways to fail', () => {
  it.each(['08006', '28P01', '40001', '40P01', '53300', '55P03', '57P01', '58030', '25P03', '25P04', 'ECONNREFUSED'])(
    '%s is infrastructure',
    (code) => expect(kindOf(sqlState(code))).toBe('infrastructure'),
  );

  it('so is what only may be tried again, and what a neighbour’s silence caused', () => {
    expect(kindOf(new Busy(1))).toBe('infrastructure');
    expect(kindOf(new Error('Connection terminated unexpectedly'))).toBe('infrastructure');
    expect(kindOf(new Error('Query read timeout'))).toBe('infrastructure');
    expect(kindOf(new TypeError('fetch failed', { cause: sqlState('ECONNRESET') }))).toBe('infrastructure');
  });

  it.each(['57014', '23505', '42P01', '22023', '25P02'])('%s is the handler’s own', (code) => {
    expect(kindOf(sqlState(code))).toBe('other');
  });

  it('so are guards that never match, and statements that always take too long', () => {
    expect(kindOf(new Busy(1, undefined, { cause: new StaleWrite('x') }))).toBe('other');
    expect(kindOf(new Busy(1, undefined, { cause: sqlState('57014') }))).toBe('other');
    expect(kindOf(undefined)).toBe('other');
  });

  it('too early and a gap have ways of their own', () => {
    expect(kindOf(tooEarly('the team'))).toBe('too-early');
    expect(kindOf(new SequenceGap('x'))).toBe('gap');
  });

  it('a reason never quotes what was written', () => {
    expect(reasonOf(sqlState('23505'))).toBe('poison: Error 23505');
    expect(reasonOf(new RangeError('Ada'))).toBe('poison: RangeError');
    expect(reasonOf(new Unreadable('schema invalid: /teamId must be string'))).toContain('/teamId');
    expect(reasonOf(tooEarly('the team'))).toBe('too-early: the team is not known here yet');
  });
});
