import {
  dataSchemaOf,
  encode,
  partitionOf,
  referralReceived,
  referralRejected,
  topicOf,
  type EventContract,
} from '@homeward/contracts';
import { instantOf, uuidv7 } from '@homeward/kernel';
import { eventually, logsUnderTest, openTestLog, type TestLog } from '@homeward/testing';
import { createTestService, type Client, type TestService } from '@homeward/testing/service';
import { topicsFor } from '@homeward/bootstrap';
import { DETAILS_EXAMPLE as SAM } from './adapters/person-details.dto';
import { people } from './people.module';

const REFERRAL = uuidv7();

describe.each(logsUnderTest())('a right that another service opens and ends, on the %s log', (kind) => {
  let log: TestLog;
  let service: TestService;
  let intake: Client;
  let practice: Client;
  let personId: string;
  beforeAll(async () => {
    log = await openTestLog(kind, topicsFor('people'));
    service = await createTestService(people, { log: log.config });
    intake = service.as('intake');
    practice = service.as('gp');
    personId = String((await service.as('second-trust-lead').post('/people', SAM)).body.id);
  });
  afterAll(async () => {
    await service.stop();
    await log.close();
  });

  /** As `referrals` would have published it. */
  async function referralsSays<D>(contract: EventContract<D>, data: D, sequence: bigint): Promise<void> {
    const stream = `person/${personId}`;
    const at = instantOf(new Date());
    const event = encode({
      id: uuidv7(),
      source: '/homeward/referrals',
      type: contract.type,
      subject: `referral/${REFERRAL}`,
      time: at,
      occurredat: at,
      partitionkey: stream,
      sequence,
      dataschema: dataSchemaOf(contract),
      correlationid: uuidv7(),
      actorrole: 'referrer',
      personid: personId,
      data,
    });
    await log.log.append(topicOf('referrals'), [{ partition: partitionOf(stream), key: stream, ...event }]);
  }

  it('shows the person to the intake from receipt on, and to who refers only what they sent themselves', async () => {
    expect((await intake.get(`/people/${personId}`)).status).toBe(404);
    await referralsSays(referralReceived, { ...referralReceived.example, referralId: REFERRAL }, 1n);
    await eventually(async () => expect((await intake.get(`/people/${personId}`)).status).toBe(200));
    expect((await intake.get(`/people/cards?ids=${personId}`)).body.items).toMatchObject([{ givenName: 'Sam' }]);
    expect((await intake.post('/people/search', { nhsNumber: SAM.nhsNumber })).body.items).toHaveLength(1);
    expect((await practice.get(`/people/${personId}`)).status).toBe(404);
  });

  it('hides the person again at once when the referral is rejected', async () => {
    await referralsSays(referralRejected, { ...referralRejected.example, referralId: REFERRAL }, 2n);
    await eventually(async () => expect((await intake.get(`/people/${personId}`)).status).toBe(404));
    expect((await intake.get(`/people/cards?ids=${personId}`)).body.items).toEqual([]);
  });
});
