import fc from 'fast-check';
import { Floor } from './floor';

describe('the floor of the outbox', () => {
  it('is the last position published, once what was there before is settled', () => {
    const floor = new Floor();
    floor.at(0);
    floor.published(500n, 1_000);
    floor.published(501n, 1_000);
    expect(floor.at(59_000)).toBe(0n);
    floor.at(60_000); // looks below
    expect(floor.at(61_000)).toBe(501n);
    floor.published(502n, 62_000);
    expect(floor.at(62_000)).toBe(502n);
  });

  it('is in front of a position that was skipped, until it is published or given up', () => {
    const floor = ofASettledOutbox(500n);
    floor.published(503n, 100_000);
    floor.published(505n, 100_000);
    expect(floor.at(100_001)).toBe(500n);
    floor.published(502n, 100_002);
    expect(floor.at(100_003)).toBe(500n);
    floor.published(501n, 100_004);
    expect(floor.at(100_005)).toBe(503n);
    floor.published(506n, 110_000);
    expect(floor.at(154_000)).toBe(503n);
    floor.at(160_000); // looks below
    expect(floor.at(160_001)).toBe(506n);
  });

  it('never passes what may still commit, in whatever order it does, and is the highest in the end', () => {
    const orders = fc.shuffledSubarray(
      Array.from({ length: 30 }, (_, i) => BigInt(501 + i)),
      { minLength: 30 },
    );
    fc.assert(
      fc.property(orders, (positions) => {
        const floor = ofASettledOutbox(500n);
        positions.forEach((position, i) => {
          const open = positions.slice(i);
          const lowest = open.reduce((least, one) => (one < least ? one : least));
          expect(floor.at(100_000 + i) < lowest).toBe(true);
          floor.published(position, 100_000 + i);
        });
        expect(floor.at(101_000)).toBe(530n);
      }),
    );
  });

  it('is left out once a minute, for what committed very late', () => {
    const floor = new Floor();
    floor.published(500n, 0);
    const looks = Array.from({ length: 600 }, (_, second) => floor.at(second * 1_000)).map((at) => at === 0n);
    expect(looks.filter((_, second) => second >= 60).filter(Boolean)).toHaveLength(9);
  });
});

/** All up to `position` was published over a minute before 100 s. */
function ofASettledOutbox(position: bigint): Floor {
  const floor = new Floor();
  floor.published(position, 0);
  floor.at(30_000);
  floor.at(95_000); // both looked below
  return floor;
}
