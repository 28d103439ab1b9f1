import {
  episodeOpened,
  encode,
  referralAccepted,
  referralReceived,
  transferCompleted,
  type EventEnvelope,
} from '@homeward/contracts';
import { uuidv4, uuidv7 } from '@homeward/kernel';
import type { ServiceDatabase } from '@homeward/testing';
import { openPeople, streamOf } from './relationships.fixture';
import { RELATIONSHIPS, relationshipsSubscription } from './relationships';

const [MONDAY, TUESDAY, WEDNESDAY] = ['2026-11-02T09:00:00Z', '2026-11-03T09:00:00Z', '2026-11-04T09:00:00Z'];
const TRUST = 'RZ1';
const SECOND_TRUST = 'RZ2';

describe('who may see whom follows the events of the other services', () => {
  let service: ServiceDatabase;
  const subscription = relationshipsSubscription('people');

  beforeAll(async () => {
    service = await openPeople();
  });
  afterAll(() => service.drop());

  const apply = (...events: EventEnvelope[]) => subscription.apply({ query: service.asWorker }, events, 'public');
  const kindsSeenBy = async (organisation: string, personId: string): Promise<string[]> => {
    const text = 'SELECT kind FROM relationship WHERE person_id = $1 ORDER BY kind';
    const rows = await service.asApp<{ kind: string }>(organisation, text, [personId]);
    return rows.map(({ kind }) => kind);
  };
  const rowsOf = (personId: string) => {
    const text = `SELECT kind, holder, "from"::text, until::text FROM relationship WHERE person_id = $1 ORDER BY kind, holder, "from"`;
    return service.asWorker(text, [personId]);
  };

  function referral() {
    const personId = uuidv4();
    const event = streamOf(personId, 'referrals');
    const subject = `referral/${uuidv7()}`;
    const received = event(referralReceived, subject, MONDAY);
    const accepted = event(referralAccepted, subject, TUESDAY, { organisation: SECOND_TRUST });
    return { personId, event, subject, received, accepted };
  }

  it('opens what a fact opens, for the organisations that it names', async () => {
    const { personId, received } = referral();
    await apply(received);
    expect(await kindsSeenBy(TRUST, personId)).toEqual(['intake']);
    expect(await kindsSeenBy('A99001', personId)).toEqual(['referrer']);
    expect(await kindsSeenBy(SECOND_TRUST, personId)).toEqual([]);
  });

  it('hides at once what a fact ends', async () => {
    const { personId, received, accepted } = referral();
    await apply(received);
    await apply(accepted);
    expect(await kindsSeenBy(TRUST, personId)).toEqual([]);
    expect(await kindsSeenBy(SECOND_TRUST, personId)).toEqual(['accepting-team']);
  });

  it('makes of one batch what single events would make', async () => {
    const [batched, single] = [referral(), referral()];
    await apply(batched.received, batched.accepted);
    await apply(single.received);
    await apply(single.accepted);
    expect(await rowsOf(batched.personId)).toEqual(await rowsOf(single.personId));
    expect(await kindsSeenBy(TRUST, batched.personId)).toEqual([]);
  });

  it('opens nothing again when an event comes a second time, late', async () => {
    const { personId, received, accepted } = referral();
    await apply(received, accepted);
    const before = await rowsOf(personId);
    await apply(received);
    await apply(accepted, received, accepted);
    expect(await rowsOf(personId)).toEqual(before);
  });

  it('keeps the co-ordinator who goes with the person to the next team', async () => {
    const personId = uuidv4();
    const event = streamOf(personId, 'flow');
    const { episodeId, coordinatorId } = episodeOpened.example;
    const subject = `episode/${episodeId}`;
    const same = { fromAnsweredBy: String(coordinatorId), coordinatorId, toOrganisation: TRUST };
    await apply(event(episodeOpened, subject, MONDAY), event(transferCompleted, 'transfer/1', TUESDAY, same));
    const coordinators = (await rowsOf(personId)).filter((row) => (row as { kind: string }).kind === 'coordinator');
    expect(coordinators).toMatchObject([{ until: expect.stringContaining('2026-11-03') }, { until: null }]);
    expect(await kindsSeenBy(TRUST, personId)).toContain('coordinator');
  });

  it('ends a right that was recorded as beginning later, without a negative length', async () => {
    const { personId, event, subject } = referral();
    const received = event(referralReceived, subject, WEDNESDAY);
    await apply(received, event(referralAccepted, subject, TUESDAY));
    const rows = await rowsOf(personId);
    expect(rows).toContainEqual(expect.objectContaining({ kind: 'intake', until: '2026-11-04 09:00:00+00' }));
    expect(await kindsSeenBy(TRUST, personId)).toEqual(['accepting-team']);
  });

  it('shows nothing of a right that has not begun', async () => {
    const { personId, event, subject } = referral();
    await apply(event(referralReceived, subject, '2999-01-01T00:00:00Z'));
    expect(await kindsSeenBy(TRUST, personId)).toEqual([]);
  });

  it('leaves the rights of its own events to write()', async () => {
    const own = relationshipsSubscription('referrals');
    expect(own.types).not.toContain(referralReceived.type);
    expect(own.types).toContain(episodeOpened.type);
    const { personId, received } = referral();
    await own.apply({ query: service.asWorker }, [received], 'public');
    expect(await rowsOf(personId)).toEqual([]);
  });

  it('shows nothing of a source whose event about the person is parked, and the rest again when it is not', async () => {
    const { personId, received, accepted } = referral();
    const opened = streamOf(personId, 'flow')(episodeOpened, 'episode/1', MONDAY);
    await apply(received, opened);
    await service.asWorker(
      'INSERT INTO parked_event (subscription, source, stream, sequence, event, reason) VALUES ($1, $2, $3, $4, $5, $6)',
      [RELATIONSHIPS, accepted.source, accepted.partitionkey, accepted.sequence, encode(accepted), 'invalid'],
    );
    expect(await kindsSeenBy(TRUST, personId)).toEqual(['accountable-team', 'coordinator']);
    await service.asWorker('DELETE FROM parked_event WHERE stream = $1', [accepted.partitionkey]);
    expect(await kindsSeenBy(TRUST, personId)).toEqual(['accountable-team', 'coordinator', 'intake']);
  });
});
