import {
  personAliasAdded,
  personDied,
  referralClosed,
  type EventContract,
  type EventEnvelope,
} from '@homeward/contracts';
import { instantOf, uuidv7 } from '@homeward/kernel';
import { ALREADY_TAKEN, type InboxMark } from '@homeward/persistence';
import { commandOf } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { createReferrals, PRACTICE, TRIAGE, type Referrals } from '../../referrals.fixture';
import { WithdrawReferralHandler } from '../withdraw-referral/withdraw-referral';
import { OnAliasAdded } from '../on-alias-added/on-alias-added';
import { OnPersonDied } from './on-person-died';

let service: Referrals;
beforeAll(async () => {
  service = await createReferrals();
});
afterAll(() => service.drop());

const NOW = instantOf(new Date());

function told<D>(
  contract: EventContract<D>,
  personId: string,
  sequence: bigint,
  data: D,
  occurredat = NOW,
): EventEnvelope {
  const stream = `person/${personId}`;
  return {
    ...{ id: uuidv7(), source: '/homeward/people', type: contract.type, subject: stream, time: NOW, occurredat },
    ...{ partitionkey: stream, sequence, dataschema: '', correlationid: randomUUID(), actorrole: 'manager' },
    ...{ personid: personId, data },
  };
}

const markOf = (event: EventEnvelope): InboxMark => ({
  reader: 'homeward.referrals.reactions',
  source: event.source,
  stream: event.partitionkey,
  sequence: event.sequence,
  time: event.time,
});

const died = (personId: string, occurredat?: string, sequence = 1n, corrects?: string): Promise<void> => {
  const event = { ...told(personDied, personId, sequence, {}, occurredat), corrects };
  return new OnPersonDied(service.database, service.pools).react(event, markOf(event));
};

const stateOf = async (id: string) =>
  (
    await service.asWorker<{ status: string; closing_code: string; decided_at: Date }>(
      'SELECT status, closing_code, decided_at FROM referral WHERE id = $1',
      [id],
    )
  )[0];
const published = async (personId: string) =>
  (
    await service.asWorker<{ type: string; payload: string }>(
      `SELECT type, payload FROM outbox WHERE partitionkey = $1 AND type NOT LIKE '%.deadline.%' ORDER BY sequence`,
      [`person/${personId}`],
    )
  ).slice(1);

const closings = async (personId: string) => {
  const rows = await service.asWorker<{ headers: string }>(
    'SELECT headers FROM outbox WHERE partitionkey = $1 AND type = $2 ORDER BY sequence',
    [`person/${personId}`, referralClosed.type],
  );
  return rows.map(({ headers }) => JSON.parse(headers) as Record<string, string>);
};

describe('a person died', () => {
  it('and each open referral is closed as of the death, not before its receipt (DEC-05)', async () => {
    const personId = randomUUID();
    const receive = async (receivedAt: string) =>
      (await service.refer({ person: { id: personId }, receivedAt: new Date(receivedAt) })).id;
    const [before, after] = [await receive('2026-10-01T09:00:00Z'), await receive('2026-10-20T09:00:00Z')];
    await died(personId, '2026-10-10');
    expect(await stateOf(before)).toEqual({
      status: 'closed',
      closing_code: 'died',
      decided_at: new Date('2026-10-10T23:00:00Z'),
    });
    expect(await stateOf(after)).toMatchObject({ status: 'closed', decided_at: new Date('2026-10-20T09:00:00Z') });
    const [, ...closings] = await published(personId);
    expect(
      closings.map(({ type, payload }) => [type, (JSON.parse(payload) as { reasonCode: string }).reasonCode]),
    ).toEqual(Array(2).fill([referralClosed.type, 'died']));
  });

  it('and the referral that was received first is closed first, whichever was told first', async () => {
    const personId = randomUUID();
    const receive = async (receivedAt: string) =>
      (await service.refer({ person: { id: personId }, receivedAt: new Date(receivedAt) })).id;
    const [later, earlier] = [await receive('2026-10-20T09:00:00Z'), await receive('2026-10-01T09:00:00Z')];
    await died(personId);
    const [, ...closings] = await published(personId);
    expect(closings.map(({ payload }) => (JSON.parse(payload) as { referralId: string }).referralId)).toEqual([
      earlier,
      later,
    ]);
  });

  it('and nobody waits: nothing is published', async () => {
    const personId = randomUUID();
    await died(personId);
    expect(await published(personId)).toEqual([]);
  });

  it('corrected moves what it closed, with an event that corrects the closing before (DEC-05)', async () => {
    const { id, personId } = await service.refer({ receivedAt: new Date('2026-10-01T09:00:00Z') });
    await died(personId, '2026-10-20T09:00:00.000000Z');
    await died(personId, '2026-10-10T09:00:00.000000Z', 2n, uuidv7());
    expect(await stateOf(id)).toEqual({
      status: 'closed',
      closing_code: 'died',
      decided_at: new Date('2026-10-10T09:00:00Z'),
    });
    await died(personId, '2026-10-12T09:00:00.000000Z', 3n, uuidv7());
    expect(await stateOf(id)).toMatchObject({ decided_at: new Date('2026-10-12T09:00:00Z') });
    const [first, second, third, ...more] = await closings(personId);
    expect(first?.['ce_corrects']).toBeUndefined();
    expect(second).toMatchObject({ ce_corrects: first?.['ce_id'], ce_occurredat: '2026-10-10T09:00:00.000000Z' });
    expect(third).toMatchObject({ ce_corrects: second?.['ce_id'], ce_occurredat: '2026-10-12T09:00:00.000000Z' });
    expect(more).toEqual([]);
  });

  it('corrected to before the receipt of a referral leaves that closed as of its receipt, and tells nothing twice', async () => {
    const { id, personId } = await service.refer({ receivedAt: new Date('2026-10-10T09:00:00Z') });
    await died(personId, '2026-10-05');
    const before = await stateOf(id);
    await died(personId, '2026-10-01', 2n, uuidv7());
    expect(await stateOf(id)).toEqual(before);
    expect(await closings(personId)).toHaveLength(1);
  });

  it('corrected moves nothing that ended otherwise, and closes what came since', async () => {
    const personId = randomUUID();
    const refer = async () => (await service.refer({ person: { id: personId } })).id;
    const withdrawn = await refer();
    await new WithdrawReferralHandler(service.database).withdraw(commandOf(TRIAGE), withdrawn, {
      reasonCode: 'no-longer-needed',
    });
    await died(personId);
    const [before, since] = [await stateOf(withdrawn), await refer()];
    await died(personId, '2026-10-01', 2n, uuidv7());
    expect(await stateOf(withdrawn)).toEqual(before);
    expect(await stateOf(since)).toMatchObject({ status: 'closed', closing_code: 'died' });
  });

  it('told again without a correction: what was closed stays as it is', async () => {
    const { id, personId } = await service.refer();
    await died(personId);
    const before = await stateOf(id);
    await died(personId, '2026-11-20', 2n);
    expect(await stateOf(id)).toEqual(before);
    expect(await published(personId)).toHaveLength(1);
  });

  it('and the referrals under an id that was merged are closed, too', async () => {
    const [survivor, alias] = [await service.refer(), await service.refer()];
    const merged = told(personAliasAdded, survivor.personId, 1n, { aliasId: alias.personId });
    await new OnAliasAdded(service.database).react(merged, markOf(merged));
    await died(survivor.personId, undefined, 2n);
    for (const { id } of [survivor, alias]) expect(await stateOf(id)).toMatchObject({ closing_code: 'died' });
    expect(await published(alias.personId)).toHaveLength(1);
  });

  it('which is taken once', async () => {
    const { personId } = await service.refer();
    await died(personId);
    const write = jest.spyOn(service.database, 'write');
    await died(personId);
    await expect(write.mock.results[0]?.value).resolves.toMatchObject({ status: ALREADY_TAKEN });
    write.mockRestore();
  });
});

it('a referral that comes after the death is recorded all the same (DEC-01)', async () => {
  const personId = randomUUID();
  await died(personId);
  const { id } = await service.refer({ person: { id: personId } }, commandOf(PRACTICE));
  expect(await stateOf(id)).toMatchObject({ status: 'received' });
});
