import { catalogue, partitionOf, topicOf, validateProduced } from '@homeward/contracts';
import { eventually, testKafka } from '@homeward/testing';
import { join } from 'node:path';
import { PERSONAS, type PersonaName } from '../infra/local/issuer/personas';
import { getToken } from '../infra/local/issuer/token';
import { livesOf } from '../tools/population/lives';
import { Player } from '../tools/population/player';
import { Api } from '../tools/start/api';
import { playStory, sam, type Story } from '../tools/start/story';
import { SERVICES, type System } from '../tools/start/system';
import { CONSENT, CONTACT } from './access.fixture';
import { EVENTFUL, PLAN } from './eventful.fixture';
import { readWithKcat, type WireRecord } from './kcat';
import { startSystem } from './system-under-test';

const brokers = testKafka();

if (!brokers) {
  // The run's last lines say that its Kafka half is missing.
  it('is read from Kafka, where Kafka is not required', () => expect(process.env['KAFKA']).not.toBe('required'));
} else {
  describe('on the wire, read with kcat', () => onTheWire(brokers));
}

/** A client of another make reads what we publish. */
function onTheWire(broker: string[]): void {
  let system: System;
  let records: WireRecord[];

  beforeAll(async () => {
    const prefix = `wire-${process.pid}.`;
    system = await startSystem('kafka', { KAFKA_PREFIX: prefix });
    await playEventfulLives(system);
    const story = await playStory(system.gateway, system.issuer, new Date(), () => undefined);
    await theRest(system, story);
    await eventually(async () => {
      const read = SERVICES.map((service) => readWithKcat(broker.join(','), prefix + topicOf(service)));
      records = (await Promise.all(read)).flat();
      expect(new Set(records.map(({ headers }) => headers['ce_type']))).toEqual(new Set(catalogue.keys()));
    }, 60_000);
  }, 240_000);
  afterAll(() => system.stop(), 60_000);

  it('carries every type of the catalogue, each valid against its schema', () => {
    for (const { headers, value } of records) {
      expect(validateProduced(headers['ce_type'] ?? '', JSON.parse(value))).toEqual([]);
    }
  });

  it('is CloudEvents 1.0 in binary mode, with the attributes of the design', () => {
    for (const { headers } of records) {
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        ce_specversion: '1.0',
        ce_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/) as string,
        ce_source: expect.stringMatching(/^\/homeward\/(people|referrals|flow)$/) as string,
        ce_sequence: expect.stringMatching(/^\d{20}$/) as string,
        ce_correlationid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        ce_traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/) as string,
        ce_dataschema: `https://homeward.example/schemas/${headers['ce_type']}/0.json`,
      });
    }
  });

  it('has the stream as its key, in the partition that the key gives', () => {
    for (const { key, partition, headers } of records) {
      expect(key).toBe(headers['ce_partitionkey']);
      expect(partition).toBe(partitionOf(key));
    }
  });

  it('counts each stream from 1 without a gap, first occurrences in order', () => {
    const next = new Map<string, number>();
    for (const { topic, key, headers } of records) {
      const stream = `${topic} ${key}`;
      const sequence = Number(headers['ce_sequence']);
      const expected = next.get(stream) ?? 1;
      expect(sequence).toBeLessThanOrEqual(expected);
      if (sequence === expected) next.set(stream, expected + 1);
    }
    expect(next.size).toBeGreaterThan(3);
  });
}

/** Corrections, moves, redirects, stays, deaths: what happens to the few of a population. */
async function playEventfulLives({ gateway, issuer, folder }: System): Promise<void> {
  const player = new Player({
    gateway,
    token: (persona) => getToken(issuer, persona),
    plan: PLAN,
    lives: livesOf(PLAN, EVENTFUL),
    journal: join(folder, 'population.jsonl'),
    stopped: () => false,
    onProgress: () => undefined,
  });
  expect(await player.play()).toEqual([]);
}

/**
 * What both leave out: a rejection, a second team that accepts for the same person, a transfer that is taken back, one that
 * is answered too late, a look by break-glass with its review, what somebody needs, whom they have around them and what they said
 * yes to, a hospital stay of somebody whom no team knew, and that they are erased.
 */
async function theRest(system: System, { personId, episodeId, teams }: Story): Promise<void> {
  const api = new Api(system.gateway);
  const as = async (persona: PersonaName) => ({ token: await getToken(system.issuer, persona) });
  const refer = async (whom = personId): Promise<{ id: string; etag?: string }> => {
    const body = {
      personId: whom,
      intakeTeamId: teams.intake,
      sourceCode: 'A1',
      primaryReasonCode: '26',
      priority: 'routine',
      consent: 'given',
      immediateRisk: false,
      reason: 'Made up.',
    };
    const { body: answer, etag } = await api.post('/referrals', body, await as('gp'));
    return { id: String(answer['id']), etag };
  };
  const second = await refer();
  const acceptance = { teamId: teams.intensive, coordinatorId: PERSONAS['intensive-nurse'].sub, priority: 'routine' };
  await api.post(`/referrals/${second.id}/accept`, acceptance, { ...(await as('intake')), ifMatch: second.etag });
  const anHourAgo = new Date(Date.now() - 3_600_000).toISOString(); // the simulated clock may stand a little behind ours
  const met = { at: anHourAgo, way: 'face-to-face', withWhom: 'person', outcome: 'attended' };
  await api.post(`/referrals/${second.id}/care-contacts`, met, await as('intake'));
  const third = await refer();
  const rejection = {
    reasonCode: '02',
    localReasonCode: 'already-open',
    criterionCodes: ['ELG-05'],
    criteriaVersion: '2026-04',
    signpostCodes: ['team-already-supporting'],
    riskBand: 'low',
    explanation: 'Made up.',
  };
  await api.post(`/referrals/${third.id}/reject`, rejection, { ...(await as('intake')), ifMatch: third.etag });

  const proposal = { episodeId, toTeamId: teams.community, reasonCode: 'less-intensive-support', priority: 'routine' };
  const lead = await as('intensive-lead');
  const proposed = await api.post('/transfers', { ...proposal, riskAssessedAt: anHourAgo }, lead);
  const reason = { reasonCode: 'no-longer-needed' };
  await api.post(`/transfers/${String(proposed.body.id)}/withdraw`, reason, { ...lead, ifMatch: proposed.etag });

  const overdue = await api.post('/transfers', { ...proposal, riskAssessedAt: anHourAgo }, lead);
  const now = new Date(Date.now() + 14 * 86_400_000).toISOString();
  await api.post('/_simulation/clock', { now }, await as('operations'));
  const no = { reasonCode: 'criteria-not-met', alternativeCode: 'joint-review' };
  const other = { ...(await as('community-lead')), ifMatch: overdue.etag };
  await api.post(`/transfers/${String(overdue.body.id)}/decline`, no, other);

  const look = await api.post(`/people/${personId}/break-glass`, { reasonCode: 'emergency-care' }, lead);
  await api.post(`/break-glass/${String(look.body.id)}/review`, { outcome: 'justified' }, await as('privacy'));

  const need = await api.post(`/people/${personId}/needs`, { code: 'easy-read' }, lead);
  await api.post(`/people/${personId}/needs/${String(need.body.needId)}/end`, { reasonCode: 'not-needed' }, lead);
  const contact = await api.post(`/people/${personId}/contacts`, CONTACT, lead);
  await api.post(`/people/${personId}/contacts/${String(contact.body.id)}/end`, {}, lead);
  const consent = await api.post(`/people/${personId}/consents`, CONSENT, lead);
  await api.post(`/people/${personId}/consents/${String(consent.body.id)}/withdraw`, {}, lead);

  const hospital = await as('second-trust-lead');
  const ward = { name: 'Assessment and treatment unit', kind: 'hospital', telephone: '01632 960020' };
  const teamId = String((await api.post('/teams', ward, hospital)).body.id);
  const nurse = { id: PERSONAS['second-trust-lead'].sub, name: 'Ann Lee', role: 'nurse' };
  await api.post(`/teams/${teamId}/practitioners`, nurse, hospital);
  const somebody = { ...sam, nhsNumber: null, nhsNumberAbsentReason: 'not-known', givenName: 'Alex' };
  const alex = String((await api.post('/people', somebody, hospital)).body.id);
  const stay = { personId: alex, teamId, coordinatorId: nurse.id, admittedAt: anHourAgo };
  await api.post('/hospital-stays', stay, hospital);
  const fourth = await refer(alex);
  const community = { teamId: teams.community, coordinatorId: PERSONAS['community-nurse'].sub, priority: 'soon' };
  await api.post(`/referrals/${fourth.id}/accept`, community, { ...(await as('intake')), ifMatch: fourth.etag });
  const approved = ['--reason', 'ordered', '--approved-by', PERSONAS.privacy.sub, '--even-if-open'];
  await system.run('erase', 'tools/ops/main.js', ['erase', alex, ...approved]);
}
