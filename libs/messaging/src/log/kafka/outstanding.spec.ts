import { Outstanding, type Commit } from './outstanding';

const at = (partition: number) => ({ topic: 't', partition });

describe('what was delivered and is not taken', () => {
  let committed: Record<number, string>[];
  const commit: Commit = ({ topics }) => {
    const partitions = topics.flatMap((one) => one.partitions);
    committed.push(Object.fromEntries(partitions.map(({ partition, offset }) => [partition, offset])));
    return Promise.resolve();
  };
  beforeEach(() => (committed = []));

  it('holds its partition’s position, however much behind it is taken', async () => {
    const outstanding = new Outstanding();
    const first = outstanding.add(at(0), 4, 5n);
    const second = outstanding.add(at(0), 4, 9n);
    outstanding.taken(second);
    expect(outstanding.isBehind(second)).toBe(false);
    outstanding.taken(first);
    await outstanding.move(commit);
    expect(committed).toEqual([{ 0: '9' }]);
    expect([outstanding.records, outstanding.isBehind(first)]).toEqual([0, false]);
  });

  it('holds no other partition, and those move together', async () => {
    const outstanding = new Outstanding();
    outstanding.add(at(0), 1, 1n);
    for (const partition of [1, 2]) {
      outstanding.taken(outstanding.add(at(partition), 1, 7n));
      void outstanding.move(commit);
    }
    await outstanding.move(commit);
    expect(committed).toEqual([{ 1: '7', 2: '7' }]);
  });

  it('moves nothing once the group was shared out anew', async () => {
    const outstanding = new Outstanding();
    const delivered = outstanding.add(at(0), 1, 1n);
    outstanding.taken(delivered);
    outstanding.forget();
    await outstanding.move(commit);
    expect([committed, outstanding.isBehind(delivered)]).toEqual([[], false]);
  });
});
