import fc from 'fast-check';
import { shareOut, type Place } from './share-out';

const members = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 })
  .map((names) => names.map((member) => ({ member, topics: ['t'] })));
const owners = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'gone', null), { minLength: 16, maxLength: 16 });
const placesOf = (held: (string | null)[]): Place[] =>
  held.map((owner, partition) => ({ topic: 't', partition, owner }));

function apply(places: Place[], changes: Place[]): Place[] {
  const changed = new Map(changes.map((place) => [place.partition, place]));
  return places.map((place) => changed.get(place.partition) ?? place);
}

describe('sharing out partitions', () => {
  it('gives each live member its share, none to others, and then leaves well alone', () => {
    fc.assert(
      fc.property(members, owners, (live, held) => {
        const places = placesOf(held);
        const after = apply(places, shareOut(live, places));
        const counts = live.map(({ member }) => after.filter(({ owner }) => owner === member).length);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(16);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        expect(shareOut(live, after)).toEqual([]);
      }),
    );
  });

  it('moves no more than it must', () => {
    const even = placesOf(Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? 'a' : 'b')));
    const three = ['a', 'b', 'c'].map((member) => ({ member, topics: ['t'] }));
    expect(shareOut(three, even)).toHaveLength(5);
  });

  it('gives a topic to those who follow it', () => {
    const places = [...placesOf(Array(16).fill(null)), { topic: 'u', partition: 0, owner: null }];
    const live = [
      { member: 'a', topics: ['t'] },
      { member: 'b', topics: ['t', 'u'] },
    ];
    expect(shareOut(live, places).filter(({ topic }) => topic === 'u')).toEqual([
      { topic: 'u', partition: 0, owner: 'b' },
    ]);
  });
});
