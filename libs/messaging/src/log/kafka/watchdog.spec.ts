import type { Admin, Consumer, Kafka } from 'kafkajs';
import { KafkaSubscription } from './subscription';

const MINUTE = 60_000;

type Hears = (event: { payload: unknown }) => void;

/** A client whose consumers join, are given `partition`, and then read nothing, as kafkajs's sometimes do. */
function stuckKafka(lag: () => number, partition: number) {
  let made = 0;
  const hear = new Map<string, Hears>();
  const nothing = () => Promise.resolve();
  const stuck = {
    events: { CRASH: 'crash', GROUP_JOIN: 'join' },
    on: (event: string, hears: Hears) => void hear.set(event, hears),
    connect: nothing,
    subscribe: nothing,
    run: () => Promise.resolve(hear.get('join')?.({ payload: { memberAssignment: { t: [partition] } } })),
    disconnect: nothing,
  };
  const consumer = (): Consumer => {
    made += 1;
    return stuck as unknown as Consumer;
  };
  const crash = () => hear.get('crash')?.({ payload: { error: new Error('not retriable'), restart: false } });
  const admin = {
    fetchOffsets: () => Promise.resolve([{ topic: 't', partitions: [{ partition: 0, offset: '0' }] }]),
    fetchTopicOffsets: () => Promise.resolve([{ partition: 0, low: '0', high: String(lag()) }]),
  };
  return { kafka: { consumer } as unknown as Kafka, admin: admin as unknown as Admin, consumers: () => made, crash };
}

describe('a consumer that reads nothing while there is something to read', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const watch = (lag: () => number, partition = 0) => {
    const { kafka, admin, consumers, crash } = stuckKafka(lag, partition);
    const lost: Error[] = [];
    const options = {
      group: 'homeward.flow',
      topics: ['t'],
      idleWaitMs: 5_000,
      onRecords: () => Promise.resolve(),
      onLost: (error: Error) => void lost.push(error),
    };
    const subscription = new KafkaSubscription(
      kafka,
      () => Promise.resolve(admin),
      options,
      () => undefined,
    );
    subscription.start();
    return { subscription, consumers, lost, crash };
  };

  it('is made anew after 30 s, and given up the third time in 10 minutes', async () => {
    const { subscription, consumers, lost } = watch(() => 5);
    await jest.advanceTimersByTimeAsync(25_000);
    expect(consumers()).toBe(1);
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(consumers()).toBeGreaterThan(1);
    expect(lost).toEqual([]);
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(lost).toHaveLength(1);
    expect(consumers()).toBe(3);
    await subscription.stop();
  });

  it('is made anew at once when kafkajs gives it up, as often as that may be', async () => {
    const { subscription, consumers, lost, crash } = watch(() => 0);
    for (let times = 1; times <= 5; times += 1) {
      await jest.advanceTimersByTimeAsync(3_000);
      expect(consumers()).toBe(times);
      crash();
    }
    expect(lost).toEqual([]);
    await jest.advanceTimersByTimeAsync(3_000);
    await subscription.stop();
  });

  it.each([
    ['there is nothing to read', 0, 0],
    ['what there is to read is for another member', 5, 1],
  ])('is left alone while %s', async (_, lag, partition) => {
    const { subscription, consumers, lost } = watch(() => lag, partition);
    await jest.advanceTimersByTimeAsync(10 * MINUTE);
    expect({ consumers: consumers(), lost }).toEqual({ consumers: 1, lost: [] });
    await subscription.stop();
  });
});
