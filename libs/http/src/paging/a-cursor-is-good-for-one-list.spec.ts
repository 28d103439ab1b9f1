import type { RequestContext } from '@homeward/persistence';
import { Cursors } from './cursors';
import type { PageQuery } from './page';

const cursors = new Cursors('a secret of at least thirty-two characters');
const context = (organisation: string, route = '/worklist'): RequestContext => ({
  principal: { organisation, sub: 'a', teams: [], roles: [], purpose: 'direct-care' },
  role: 'intake',
  action: 'get-worklist',
  route,
  correlationId: 'c',
});
const rows = [1, 2, 3].map((rank) => ({ rank, at: '2026-11-25T09:00:00.123456Z' }));
const query = (more: object = {}): PageQuery => ({ limit: 2, ...more });
const page = (more: object = {}) =>
  cursors.page(
    context('RZ1'),
    query(more),
    rows,
    ({ rank, at }) => [rank, at],
    ({ rank }) => rank,
  );
const open = (where: RequestContext, more: object) => () => cursors.open(where, query(more));

it('the next page begins after the last row of this one', () => {
  const { items, next } = page();
  expect(items).toEqual([1, 2]);
  expect(cursors.open(context('RZ1'), query({ cursor: next }))).toEqual({
    limit: 2,
    after: [2, '2026-11-25T09:00:00.123456Z'],
  });
});

it('the last page has no next one', () => {
  expect(page({ limit: 3 }).next).toBeUndefined();
  expect(page({ limit: 50 }).next).toBeUndefined();
});

it('a page has 50 rows unless another limit is asked for', () => {
  expect(cursors.open(context('RZ1'), {})).toEqual({ limit: 50 });
});

it('another limit may be asked for with the same cursor', () => {
  expect(cursors.open(context('RZ1'), { limit: 7, cursor: page().next })).toMatchObject({ limit: 7 });
});

describe('a cursor is refused', () => {
  it('of another organisation', () => {
    expect(open(context('RZ2'), { cursor: page().next })).toThrow('This cursor is not good');
  });

  it('of another route', () => {
    expect(open(context('RZ1', '/teams'), { cursor: page().next })).toThrow('This cursor is not good');
  });

  it('of other filters', () => {
    const { next } = page({ teamId: 'one' });
    expect(open(context('RZ1'), { cursor: next, teamId: 'two' })).toThrow('This cursor is not good');
    expect(open(context('RZ1'), { cursor: next })).toThrow('This cursor is not good');
    expect(open(context('RZ1'), { cursor: next, teamId: 'one' })).not.toThrow();
  });

  it('signed with another service’s secret', () => {
    const other = new Cursors('another secret of at least thirty-two characters');
    expect(() => other.open(context('RZ1'), query({ cursor: page().next }))).toThrow('This cursor is not good');
  });

  it('of the day before yesterday', () => {
    const { next } = page();
    jest.useFakeTimers({ now: Date.now() + 25 * 3600 * 1000 });
    expect(open(context('RZ1'), { cursor: next })).toThrow('This cursor is not good');
    jest.useRealTimers();
  });

  it('with any character of it changed, or made up', () => {
    const next = String(page().next);
    for (let at = 0; at < next.length; at += 1) {
      const changed = next.slice(0, at) + (next[at] === 'A' ? 'B' : 'A') + next.slice(at + 1);
      expect(open(context('RZ1'), { cursor: changed })).toThrow('This cursor is not good');
    }
    for (const cursor of ['', '.', 'a.b', 'e30.', '🙂.🙂']) {
      expect(open(context('RZ1'), { cursor })).toThrow('This cursor is not good');
    }
  });
});
