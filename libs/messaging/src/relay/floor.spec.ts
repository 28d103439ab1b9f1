import { Floor } from './floor';

describe('the floor of the outbox', () => {
  it('is the highest position published over 60 s ago', () => {
    const floor = new Floor();
    floor.at(0);
    floor.published(500n, 1_000);
    floor.published(900n, 30_000);
    expect(floor.at(59_000)).toBe(0n);
    floor.at(60_500); // looks below
    expect(floor.at(61_000)).toBe(500n);
    floor.published(1_400n, 62_000);
    expect(floor.at(90_000)).toBe(900n);
    expect(floor.at(120_600)).toBe(0n);
    expect(floor.at(122_000)).toBe(1_400n);
  });

  it('reaches the end of a burst once it is over for 60 s', () => {
    const floor = new Floor();
    for (let batch = 1; batch <= 100; batch += 1) floor.published(BigInt(batch * 500), batch * 10);
    floor.at(60_500); // looks below
    expect(floor.at(61_000)).toBe(50_000n);
  });

  it('keeps up with a long load, whatever its batches', () => {
    const floor = new Floor();
    for (let now = 0; now < 200_000; now += 7) floor.published(BigInt(now + 1), now);
    floor.at(200_000); // looks below
    const settled = Number(floor.at(200_001));
    expect(settled).toBeGreaterThan(138_000);
    expect(settled).toBeLessThanOrEqual(140_002);
  });

  it('is left out once a minute, for what committed very late', () => {
    const floor = new Floor();
    floor.published(500n, 0);
    const looks = Array.from({ length: 600 }, (_, second) => floor.at(second * 1_000)).map((at) => at === 0n);
    expect(looks.filter((_, second) => second > 60).filter(Boolean)).toHaveLength(8);
  });

  it('does not fall when a lower position is published late', () => {
    const floor = new Floor();
    floor.at(0);
    floor.published(500n, 0);
    floor.at(60_000);
    floor.published(7n, 60_100);
    expect(floor.at(119_000)).toBe(500n);
    expect(floor.at(119_999)).toBe(500n);
  });
});
