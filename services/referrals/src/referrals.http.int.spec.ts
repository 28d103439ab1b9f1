import {
  encode,
  partitionOf,
  practitionerJoinedTeam,
  teamOpened,
  topicOf,
  type EventEnvelope,
} from '@homeward/contracts';
import { topicsFor } from '@homeward/bootstrap';
import { eventually, logsUnderTest, openTestLog, type TestLog } from '@homeward/testing';
import { createTestService, type TestService } from '@homeward/testing/service';
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { communityTeam, intake, nurse, rejecting } from './domain/referral.fixture';
import { referrals } from './referrals.module';
import { stated } from './referrals.fixture';

const SAM = {
  ...{ nhsNumber: '9990010005', givenName: 'Plantedgivenname', familyName: 'Plantedfamilyname' },
  ...{ birthDate: '2001-02-03', basis: 'both' },
  home: { lines: ['1 Plantedstreet'], postcode: 'LS1 1AA', responsibleIcb: 'QZ1' },
};

/** The whole service over HTTP, with flow's events in its log and a stand-in for people. */
describe.each(logsUnderTest())('the API of referrals, on the %s log', (kind) => {
  let log: TestLog;
  let people: Server;
  let service: TestService;
  const registered: { organisation: string }[] = [];

  beforeAll(async () => {
    log = await openTestLog(kind, topicsFor('referrals'));
    people = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        const { status, body } = answerOfPeople(request.url ?? '', text);
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => people.listen(0, '127.0.0.1', resolve));
    const peopleUrl = `http://127.0.0.1:${(people.address() as AddressInfo).port}`;
    service = await createTestService(referrals, { log: log.config, peopleUrl });
    await tellOfTeams(log);
    await eventually(async () => {
      expect(await service.asWorker('SELECT FROM directory_practitioner')).toHaveLength(1);
    });
  });
  afterAll(async () => {
    await service.stop();
    await log.close();
    people.close();
  });

  function answerOfPeople(url: string, text: string): { status: number; body: object } {
    const facts = { id: url.split('/')[3], basis: 'both', responsibleIcb: 'QZ1', provisional: false, sequence: '1' };
    if (!url.endsWith('/registrations')) return { status: 200, body: facts };
    const sent = JSON.parse(text) as (typeof registered)[number] & { person: typeof SAM };
    registered.push(sent);
    const problem = { code: 'postcode-invalid', detail: 'This is not a postcode.', rule: undefined };
    return sent.person.home.postcode === 'X'
      ? { status: 422, body: problem }
      : { status: 201, body: { id: randomUUID() } };
  }

  const gp = () => service.as('gp');
  const refer = async (change: object = {}) => gp().post('/referrals', { ...stated, person: SAM, ...change });

  it('goes from a referral to a team that answers for the person', async () => {
    const received = await refer();
    expect(received).toMatchObject({ status: 201, etag: 'W/"1"', body: { version: 1, status: 'received' } });
    const { self } = received.body.links;
    expect(received.headers.get('location')).toBe(self);
    expect(registered.at(-1)?.organisation).toBe('A99001');
    const seen = await service.as('intake').get(self);
    const body = { teamId: communityTeam.id, coordinatorId: nurse, priority: 'soon' };
    const accepted = await service.as('intake').post(`${self}/accept`, body, { ifMatch: seen.etag });
    expect(accepted).toMatchObject({ status: 200, etag: 'W/"2"', body: { status: 'accepted' } });
    expect(await gp().get(self)).toMatchObject({ status: 200, body: { acceptance: { teamId: communityTeam.id } } });
  });

  it('lists what the intake holds, and the referrals of one person', async () => {
    const personId = randomUUID();
    const { body } = await refer({ person: undefined, personId });
    const worklist = await service.as('intake').get('/worklist?limit=100');
    expect(worklist.body.items.map(({ id }: { id: string }) => id)).toContain(body.id);
    const ofPerson = await service.as('intake').get(`/referrals?personId=${personId}`);
    expect(ofPerson.body.items).toEqual([expect.objectContaining({ id: body.id, personId })]);
    expect(await service.as('second-trust-lead').get(`/referrals?personId=${personId}`)).toMatchObject({ status: 404 });
  });

  it('rejects with where to turn, and answers the right to challenge', async () => {
    const { body } = await refer();
    const { self } = body.links;
    const none = await service
      .as('intake')
      .post(`${self}/reject`, { ...rejecting, signpostCodes: [] }, { ifMatch: 'W/"1"' });
    expect(none).toMatchObject({ status: 422, body: { code: 'no-signpost', rule: 'TRI-03' } });
    const unsaid = { ...rejecting, explanation: ' ' };
    expect((await service.as('intake').post(`${self}/reject`, unsaid, { ifMatch: 'W/"1"' })).status).toBe(400);
    const done = await service.as('intake').post(`${self}/reject`, rejecting, { ifMatch: 'W/"1"' });
    expect(done.body.rightToChallenge).toContain('challenge');
  });

  it.each([
    ['an unknown field', { note: 'x' }, 400],
    ['a code that is in no list', { primaryReasonCode: '99' }, 400],
    ['a reason without a word', { reason: ' \n' }, 400],
    ['neither a person nor an id', { person: undefined }, 422],
    ['both', { personId: randomUUID() }, 422],
    ['a team that is no intake', { intakeTeamId: communityTeam.id }, 422],
    ['tomorrow', { receivedAt: '2199-01-01T00:00:00Z' }, 422],
    ['what people refuse', { person: { ...SAM, home: { ...SAM.home, postcode: 'X' } } }, 422],
  ])('refuses %s clearly, and repeats nothing that was sent', async (_, change, status) => {
    const answer = await refer(change);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(JSON.stringify(answer.body)).not.toMatch(/Planted|9990010005|2001-02-03/);
  });

  it('takes a null for what was left out', async () => {
    const { status, body } = await refer({ personId: null, receivedAt: null });
    expect([status, body.warnings]).toEqual([201, undefined]);
    const accept = {
      teamId: communityTeam.id,
      coordinatorId: nurse,
      dutyHolder: null,
      acceptedAt: null,
      priority: 'soon',
    };
    const path = `${body.links.self}/accept`;
    expect(await service.as('intake').post(path, accept, { ifMatch: 'W/"1"' })).toMatchObject({ status: 200 });
  });

  it('answers whatever is sent with a clear no, and never breaks', async () => {
    const odd = [
      null,
      '',
      'x',
      0,
      -1,
      true,
      [],
      {},
      [[]],
      { a: 1 },
      '2026-02-30T00:00:00Z',
      '\u202e',
      'x'.repeat(5000),
    ];
    const fields = [
      'personId',
      'person',
      'intakeTeamId',
      'sourceCode',
      'priority',
      'immediateRisk',
      'consent',
      'reason',
      'receivedAt',
    ];
    for (const field of fields) {
      for (const value of odd) {
        const { status } = await refer({ [field]: value });
        expect({ field, value, ok: status < 500 }).toEqual({ field, value, ok: true });
      }
    }
  });

  it('lets each role do its own: a referrer accepts nothing, and a commissioner refers nobody', async () => {
    const { body } = await refer();
    const path = `${body.links.self}/accept`;
    const accept = { teamId: communityTeam.id, coordinatorId: nurse, priority: 'soon' };
    expect(await gp().post(path, accept, { ifMatch: 'W/"1"' })).toMatchObject({ status: 403 });
    expect(await service.as('second-trust-lead').post(path, accept, { ifMatch: 'W/"1"' })).toMatchObject({
      status: 404,
    });
    expect(await service.as('commissioner').post('/referrals', { ...stated, person: SAM })).toMatchObject({
      status: 403,
    });
  });
});

/** As flow publishes them. */
async function tellOfTeams({ log }: TestLog): Promise<void> {
  const team = ({ id: teamId, ...data }: typeof intake) => ({ type: teamOpened.type, data: { teamId, ...data } });
  const { id: teamId, organisation } = communityTeam;
  const events = [
    { ...team(intake), sequence: 1n },
    { ...team(communityTeam), sequence: 1n },
    { type: practitionerJoinedTeam.type, data: { practitionerId: nurse, teamId, organisation }, sequence: 2n },
  ];
  for (const { type, data, sequence } of events) {
    const key = `team/${data.teamId}`;
    const now = new Date().toISOString();
    const envelope: EventEnvelope = {
      ...{ id: randomUUID(), source: '/homeward/flow', type, subject: key, time: now, occurredat: now },
      ...{ partitionkey: key, sequence, dataschema: 'x', correlationid: randomUUID(), actorrole: 'manager', data },
    };
    await log.append(topicOf('flow'), [{ partition: partitionOf(key), key, ...encode(envelope) }]);
  }
}
