import type { Admin, Consumer, Kafka } from 'kafkajs';
import { KafkaSubscription } from './subscription';

const MINUTE = 60_000;

/** A client whose consumers join and then read nothing, as kafkajs's sometimes do. */
function stuckKafka(lag: () => number): { kafka: Kafka; admin: Admin; consumers: () => number } {
  let made = 0;
  const nothing = () => Promise.resolve();
  const stuck = { events: { CRASH: 'crash' }, on: nothing, connect: nothing, subscribe: nothing, run: nothing };
  const consumer = (): Consumer => {
    made += 1;
    return { ...stuck, disconnect: nothing } as unknown as Consumer;
  };
  const admin = {
    fetchOffsets: () => Promise.resolve([{ topic: 't', partitions: [{ partition: 0, offset: '0' }] }]),
    fetchTopicOffsets: () => Promise.resolve([{ partition: 0, low: '0', high: String(lag()) }]),
  };
  return { kafka: { consumer } as unknown as Kafka, admin: admin as unknown as Admin, consumers: () => made };
}

describe('a consumer that reads nothing while there is something to read', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const watch = (lag: () => number) => {
    const { kafka, admin, consumers } = stuckKafka(lag);
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
    return { subscription, consumers, lost };
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

  it('is left alone while there is nothing to read', async () => {
    const { subscription, consumers, lost } = watch(() => 0);
    await jest.advanceTimersByTimeAsync(10 * MINUTE);
    expect({ consumers: consumers(), lost }).toEqual({ consumers: 1, lost: [] });
    await subscription.stop();
  });
});
