import { referralReceived } from '@homeward/contracts';
import { caller, commandOf } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { communityTeam, intake } from '../../domain/referral.fixture';
import { createReferrals, KNOWN, NOBODY, PRACTICE, stated, type Referrals } from '../../referrals.fixture';
import type { ReceiveReferral } from './receive-referral';

const PLANTED = {
  nhsNumber: '9990010005',
  givenName: 'Plantedgivenname',
  familyName: 'Plantedfamilyname',
  birthDate: '2001-02-03',
  home: { lines: ['1 Plantedstreet'], postcode: 'LS1 1AA', responsibleIcb: 'QZ1' },
  basis: 'both',
};
const UNKNOWN = { ...PLANTED, nhsNumber: undefined };

let service: Referrals;
beforeAll(async () => {
  service = await createReferrals();
});
afterAll(() => service.drop());

const receive = (change: Partial<ReceiveReferral> = {}, context = commandOf(PRACTICE)) =>
  service.receiving.receive(context, { ...stated, id: randomUUID(), person: { id: randomUUID() }, ...change });
const rows = async (table: string): Promise<unknown[]> => service.asWorker(`SELECT * FROM ${table}`);

describe('a referral is received', () => {
  it('and from that moment its intake holds the person: one event, two rights, one audit row (DEC-04)', async () => {
    const context = commandOf(PRACTICE);
    const personId = randomUUID();
    const { body, status, etag, location } = await receive({ person: { id: personId } }, context);
    const id = String(body['id']);
    expect({ status, etag, location }).toEqual({ status: 201, etag: 1, location: `/referrals/${id}` });
    expect(body).toEqual({ id, version: 1, status: 'received', links: { self: location } });
    const [event] = await service.asWorker<Record<string, string>>(
      'SELECT * FROM outbox WHERE partitionkey = $1 ORDER BY position',
      [`person/${personId}`],
    );
    expect(event).toMatchObject({ type: referralReceived.type, topic: 'homeward.referrals' });
    expect(JSON.parse(event?.['payload'] ?? '')).toMatchObject({ intakeTeamId: intake.id, intakeOrganisation: 'RZ1' });
    const rights = 'SELECT organisation, kind, holder FROM relationship WHERE person_id = $1 ORDER BY kind';
    expect(await service.asWorker(rights, [personId])).toEqual([
      { organisation: 'RZ1', kind: 'intake', holder: `team/${intake.id}` },
      { organisation: 'A99001', kind: 'referrer', holder: null },
    ]);
    const audited = 'SELECT outcome, subject FROM audit WHERE person_ids = ARRAY[$1::uuid]';
    expect(await service.asWorker(audited, [personId])).toEqual([{ outcome: 'done', subject: `referral/${id}` }]);
  });

  it('when it reached the provider, with a warning if it is recorded late (REF-04)', async () => {
    const receivedAt = new Date(Date.now() - 30 * 86_400_000);
    const { body } = await receive({ receivedAt });
    expect(body['warnings']).toEqual([expect.objectContaining({ code: 'recorded-late', standing: 'our-default' })]);
    const [row] = await service.asWorker<{ received_at: Date }>('SELECT received_at FROM referral WHERE id = $1', [
      body['id'],
    ]);
    expect(row?.received_at).toEqual(receivedAt);
  });

  it('without a consent, with a warning (REF-05)', async () => {
    const { status, body } = await receive({ consent: 'not-recorded' });
    expect(status).toBe(201);
    expect(body['warnings']).toEqual([expect.objectContaining({ rule: 'REF-05' })]);
  });

  it('and the same answer says whom to ring now, when there is an immediate risk', async () => {
    const { body } = await receive({ immediateRisk: true });
    const { callNow } = body['immediate'] as { callNow: { telephone: string; who: string }[] };
    expect(callNow.map(({ telephone }) => telephone)).toEqual(['999', '111', intake.telephone]);
    expect(callNow[1]?.who).toContain('option 2');
    expect((await receive()).body['immediate']).toBeUndefined();
  });

  it('from a person about themselves (REF-01)', async () => {
    const id = randomUUID();
    const person = caller({ organisation: `person/${id}`, sub: id, roles: ['person'] });
    expect((await receive({ person: { id } }, commandOf(person))).status).toBe(201);
  });
});

describe('a person who is referred without an id', () => {
  it('is registered behind it, and the referrer learns nothing of whether they were known (DEC-33)', async () => {
    const known = await receive({ person: PLANTED });
    const unknown = await receive({ person: UNKNOWN });
    const withoutId = ({ body, ...rest }: typeof known) =>
      JSON.stringify({ ...rest, body }).replaceAll(String(body['id']), 'ID');
    expect(withoutId(unknown)).toBe(withoutId(known));
    expect(withoutId(known)).not.toContain(KNOWN);
    const [row] = await service.asWorker<{ person_id: string }>('SELECT person_id FROM referral WHERE id = $1', [
      known.body['id'],
    ]);
    expect(row?.person_id).toBe(KNOWN);
  });

  it('is the same registration when the same request comes again, and another one when it was corrected', async () => {
    const context = commandOf(PRACTICE);
    const before = service.registered.length;
    const first = await receive({ person: PLANTED }, context);
    expect(await receive({ person: PLANTED }, context)).toEqual({ ...first, replay: true });
    const corrected = { ...context, idempotency: { key: context.idempotency?.key ?? '', fingerprint: 'other' } };
    await expect(receive({ person: UNKNOWN }, corrected)).rejects.toMatchObject({ name: 'IdempotencyMismatch' });
    const ids = service.registered.slice(before).map(({ requestId }) => requestId);
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toBe(ids[1]);
  });

  it('leaves no name, number, birth date or free text in what is published, audited or remembered', async () => {
    await receive({ person: PLANTED, reason: 'Plantedreason of Plantedgivenname' });
    const tables = ['outbox', 'audit', 'idempotency', 'relationship', 'stream'];
    const dump = JSON.stringify(await Promise.all(tables.map(rows)));
    for (const planted of ['Planted', PLANTED.nhsNumber, PLANTED.birthDate, 'LS1 1AA'])
      expect(dump).not.toContain(planted);
    expect(JSON.stringify(await rows('referral'))).toContain('Plantedreason');
    expect(JSON.stringify(await rows('referral'))).not.toContain(PLANTED.familyName);
  });
});

describe('a referral is refused, and nothing is kept of it', () => {
  const nothingKept = async (attempt: () => Promise<unknown>, expected: object): Promise<void> => {
    const kept = async () =>
      (await Promise.all([rows('referral'), rows('outbox'), rows('relationship')])).map((r) => r.length);
    const before = [...(await kept()), service.registered.length];
    await expect(attempt()).rejects.toMatchObject(expected);
    expect([...(await kept()), service.registered.length]).toEqual(before);
  };

  it.each([
    ['a team that is no intake', communityTeam.id],
    ['an unknown team', randomUUID()],
  ])('for %s, before anybody is registered (REF-02)', (_name, intakeTeamId) =>
    nothingKept(() => receive({ intakeTeamId, person: PLANTED }), { code: 'intake-unknown', rule: 'REF-02' }),
  );

  it('for nobody: an id that people do not know', () =>
    nothingKept(() => receive({ person: { id: NOBODY } }), { name: 'NotFound' }));

  it('for a receipt in the future, which leaves an audit row (REF-04)', async () => {
    const context = commandOf(PRACTICE);
    const receivedAt = new Date(Date.now() + 86_400_000);
    await nothingKept(() => receive({ receivedAt }, context), { code: 'received-in-the-future', rule: 'REF-04' });
    const outcomes = 'SELECT outcome FROM audit WHERE correlation_id = $1 AND outcome LIKE $2';
    expect(await service.asWorker(outcomes, [context.correlationId, 'refused%'])).toEqual([
      { outcome: 'refused:received-in-the-future' },
    ]);
  });
});
