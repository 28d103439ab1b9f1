import {
  encode,
  episodeOpened,
  partitionOf,
  referralAccepted,
  referralReceived,
  topicOf,
  transferCompleted,
  type EventEnvelope,
} from '@homeward/contracts';
import { uuidv4, uuidv7 } from '@homeward/kernel';
import { projectionsReaderName } from '@homeward/messaging';
import { logsUnderTest, openTestLog, type ServiceDatabase, type TestLog } from '@homeward/testing';
import { rebuildRelationships } from './rebuild-relationships';
import { RELATIONSHIPS, relationshipsSubscription } from './relationships';
import { openPeople, streamOf } from './relationships.fixture';

describe.each(logsUnderTest())('rights rebuilt from the log on %s equal the live ones', (kind) => {
  let service: ServiceDatabase;
  let testLog: TestLog;
  const subscription = relationshipsSubscription('people');

  beforeEach(async () => {
    service = await openPeople();
    testLog = await openTestLog(kind, ['people', 'referrals', 'flow'].map(topicOf));
  });
  afterEach(async () => {
    await service.drop();
    await testLog.close();
  });

  async function publish(events: EventEnvelope[]): Promise<void> {
    for (const one of events) {
      const record = { partition: partitionOf(one.partitionkey), key: one.partitionkey, ...encode(one) };
      await testLog.log.append(topicOf(one.source.split('/')[2] ?? ''), [record]);
    }
  }
  /** As the service's reader does it, with what it leaves in the inbox. */
  async function take(events: EventEnvelope[], applied = events): Promise<void> {
    await subscription.apply({ query: service.asWorker }, applied, 'public');
    for (const { source, partitionkey, sequence } of events) {
      const values = [projectionsReaderName('people'), source, partitionkey, sequence];
      await service.asWorker(
        `INSERT INTO inbox VALUES ($1, $2, $3, $4)
         ON CONFLICT (reader, source, stream) DO UPDATE SET last_sequence = excluded.last_sequence`,
        values,
      );
    }
  }
  const rows = () => service.asWorker('SELECT * FROM relationship ORDER BY relationship::text');
  const rebuild = () => rebuildRelationships({ config: service.config, log: testLog.log });

  function story(personId: string): EventEnvelope[] {
    const [referrals, flow] = [streamOf(personId, 'referrals'), streamOf(personId, 'flow')];
    const referralId = uuidv7();
    const referral = `referral/${referralId}`;
    const now = new Date().toISOString();
    return [
      referrals(referralReceived, referral, now, { referralId }),
      referrals(referralAccepted, referral, now, { referralId }),
      flow(episodeOpened, `episode/${episodeOpened.example.episodeId}`, now),
      flow(transferCompleted, 'transfer/1', now),
    ];
  }

  it('for many people, with events that came twice', async () => {
    const events = Array.from({ length: 30 }, uuidv4).flatMap(story);
    await publish([...events, ...events.slice(0, 40)]);
    await take(events);
    const live = await rows();
    expect(live).toHaveLength(30 * 7);
    expect(await rebuild()).toEqual({ before: live.length, after: live.length, changed: false });
    expect(await rows()).toEqual(live);
  });

  it('brings back what was lost, takes away what never was, and leaves the rights of its own events', async () => {
    const events = story(uuidv4());
    await publish(events);
    await take(events);
    const live = await rows();
    await service.asWorker(`DELETE FROM relationship WHERE kind = 'accepting-team'`);
    const insert = `INSERT INTO relationship (source, person_id, organisation, kind, subject, "from") VALUES ($1, $2, 'RZ9', 'intake', 'x', now())`;
    await service.asWorker(insert, ['/homeward/flow', uuidv4()]);
    await service.asWorker(insert, ['/homeward/people', uuidv4()]);
    expect(await rebuild()).toMatchObject({ changed: true, after: live.length });
    expect(await service.asWorker(`SELECT source FROM relationship WHERE organisation = 'RZ9'`)).toEqual([
      { source: '/homeward/people' },
    ]);
    const others = `SELECT * FROM relationship WHERE source <> '/homeward/people' ORDER BY relationship::text`;
    expect(await service.asWorker(others)).toEqual(live);
  });

  it('goes as far as the reader has taken the log, and not beyond a parked event', async () => {
    const [first, second] = [story(uuidv4()), story(uuidv4())];
    await publish([...first, ...second]);
    await take(first, first.slice(0, 1));
    const [, parked] = first;
    await service.asWorker(
      'INSERT INTO parked_event (subscription, source, stream, sequence, event, reason) VALUES ($1, $2, $3, $4, $5, $6)',
      [RELATIONSHIPS, parked?.source, parked?.partitionkey, parked?.sequence, '{}', 'x'],
    );
    await rebuild();
    const kept = await service.asWorker<{ kind: string }>('SELECT DISTINCT kind FROM relationship ORDER BY kind');
    expect(kept.map(({ kind }) => kind)).toEqual(['accountable-team', 'coordinator', 'intake', 'referrer']);
  });
});
