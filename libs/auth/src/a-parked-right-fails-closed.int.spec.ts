import {
  encode,
  partitionOf,
  referralAccepted,
  referralReceived,
  referralRejected,
  topicOf,
  type EventEnvelope,
} from '@homeward/contracts';
import { uuidv4, uuidv7 } from '@homeward/kernel';
import { ProjectionsReader } from '@homeward/messaging';
import { eventually, logsUnderTest, openTestLog, type ServiceDatabase, type TestLog } from '@homeward/testing';
import { RELATIONSHIPS, relationshipsSubscription } from './relationships';
import { openPeople, streamOf } from './relationships.fixture';

const TRUST = 'RZ1';
const REFERRER = 'A99001';

describe.each(logsUnderTest())('a right whose end could not be read, on %s, is no right', (kind) => {
  let service: ServiceDatabase;
  let testLog: TestLog;
  let reader: ProjectionsReader;

  beforeAll(async () => {
    service = await openPeople();
    testLog = await openTestLog(kind, ['people', 'referrals', 'flow'].map(topicOf));
    const options = { service: 'people', log: testLog.log, worker: service.pools.worker };
    reader = new ProjectionsReader(options, [relationshipsSubscription('people')]);
    await reader.start();
  });
  afterAll(async () => {
    await reader.stop();
    await testLog.close();
    await service.drop();
  });

  /** As the relay does: again, until the log has taken them. */
  const publish = (...events: EventEnvelope[]) =>
    eventually(async () => {
      const records = events.map((event) => {
        const { partitionkey: key } = event;
        return { partition: partitionOf(key), key, ...encode(event) };
      });
      await testLog.log.append(topicOf('referrals'), records);
    });
  const seenBy = async (organisation: string, personId: string): Promise<string[]> => {
    const rows = await service.asApp<{ kind: string }>(
      organisation,
      'SELECT kind FROM relationship WHERE person_id = $1 ORDER BY kind',
      [personId],
    );
    return rows.map(({ kind: name }) => name);
  };
  const parkedOf = (personId: string) =>
    service.asWorker('SELECT sequence::int FROM parked_event WHERE subscription = $1 AND stream = $2', [
      RELATIONSHIPS,
      `person/${personId}`,
    ]);

  function referral() {
    const personId = uuidv4();
    const referralId = uuidv7();
    const event = streamOf(personId, 'referrals');
    const about = [`referral/${referralId}`, new Date().toISOString(), { referralId }] as const;
    return { personId, event, about, received: event(referralReceived, ...about) };
  }

  it.each<[string, (good: EventEnvelope) => EventEnvelope]>([
    ['breaks its schema', (good) => ({ ...good, data: { ...(good.data as object), teamId: 'the community team' } })],
    ['has a major that this release does not know', (good) => ({ ...good, type: good.type.replace('.v1', '.v2') })],
  ])('because the event %s, with all that comes behind it', async (_, spoil) => {
    const { personId, event, about, received } = referral();
    const other = referral();
    await publish(received);
    await eventually(async () => (await seenBy(TRUST, personId)).includes('intake'));

    const behind = [spoil(event(referralAccepted, ...about)), event(referralRejected, ...about)];
    await publish(...behind, other.received);
    await eventually(async () => (await seenBy(TRUST, other.personId)).includes('intake'));
    await eventually(async () => (await parkedOf(personId)).length === 2);
    expect(await seenBy(TRUST, personId)).toEqual([]);
    expect(await seenBy(REFERRER, personId)).toEqual([]);
  });
});
