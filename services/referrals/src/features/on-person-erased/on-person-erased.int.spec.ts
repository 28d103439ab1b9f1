import { personErased, type EventEnvelope } from '@homeward/contracts';
import { instantOf, uuidv7 } from '@homeward/kernel';
import type { InboxMark } from '@homeward/persistence';
import { commandOf } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { createReferrals, PRACTICE, TRIAGE, type Referrals } from '../../referrals.fixture';
import { TriageReferralHandler } from '../triage-referral/triage-referral';
import { WithdrawReferralHandler } from '../withdraw-referral/withdraw-referral';
import { OnPersonErased } from './on-person-erased';

let service: Referrals;
beforeAll(async () => {
  service = await createReferrals();
});
afterAll(() => service.drop());

const NOW = instantOf(new Date());

function erased(personId: string, aliasIds: string[] = []): { event: EventEnvelope; inbox: InboxMark } {
  const stream = `person/${personId}`;
  const event: EventEnvelope = {
    ...{ id: uuidv7(), source: '/homeward/people', type: personErased.type, subject: stream, time: NOW },
    ...{ occurredat: NOW, partitionkey: stream, sequence: 1n, dataschema: '', correlationid: randomUUID() },
    ...{ actorrole: 'operator', personid: personId, data: { reasonCode: 'ordered', aliasIds } },
  };
  const { source, sequence, time } = event;
  return { event, inbox: { reader: 'homeward.referrals.reactions', source, stream, sequence, time } };
}
const react = ({ event, inbox }: ReturnType<typeof erased>) => new OnPersonErased(service.database).react(event, inbox);

const WORDS = 'reason, question, triage_explanation, redirect_explanation, explanation';
const EMPTY = { reason: '', question: null, triage_explanation: null, redirect_explanation: null, explanation: null };
const wordsOf = async (id: string) => (await service.asWorker(`SELECT ${WORDS} FROM referral WHERE id = $1`, [id]))[0];
const stepsOf = (id: string) => service.asWorker('SELECT type, words FROM referral_step WHERE referral_id = $1', [id]);
const triage = (id: string, explanation: string, ifMatch = 1) =>
  new TriageReferralHandler(service.database, service.boards).triage(commandOf(TRIAGE, { ifMatch }), id, {
    ...{ priority: 'routine', riskBand: 'low', immediateRiskPassed: false, explanation },
  });

describe('a person is erased', () => {
  it('and the words of their referrals go, under each id, and no code with them', async () => {
    const [one, alias, other] = [await service.refer(), await service.refer(), await service.refer()];
    for (const { id } of [one, alias, other]) await triage(id, 'Said at the door.');
    const codes = 'status, priority, triage_priority, triage_risk_band, version, received_at, intake_team_id';
    const coded = (id: string) => service.asWorker(`SELECT ${codes} FROM referral WHERE id = $1`, [id]);
    const [before, untouched] = [await coded(one.id), await wordsOf(other.id)];
    await react(erased(one.personId, [alias.personId]));
    for (const { id } of [one, alias]) {
      expect([await wordsOf(id), await stepsOf(id)]).toEqual([EMPTY, [{ type: 'triaged', words: null }]]);
    }
    expect(await coded(one.id)).toEqual(before);
    expect(untouched).toMatchObject({ triage_explanation: 'Said at the door.' });
    expect(await wordsOf(other.id)).toEqual(untouched);
  });

  it('and what is written on work that goes on stays empty', async () => {
    const { id, personId } = await service.refer();
    await react(erased(personId));
    await triage(id, 'Written late.');
    const said = { reasonCode: 'no-longer-needed', explanation: 'Written later.' } as const;
    await new WithdrawReferralHandler(service.database).withdraw(commandOf(PRACTICE), id, said);
    expect(await wordsOf(id)).toEqual(EMPTY);
    expect((await stepsOf(id)) as unknown).toEqual([{ type: 'triaged', words: null }]);
  });

  it('and is not referred any more; a request that was on its way leaves no words', async () => {
    const { personId } = await service.refer();
    await react(erased(personId));
    await expect(service.refer({ person: { id: personId } })).rejects.toMatchObject({ name: 'NotFound' });
    const columns = (
      await service.asWorker<{ names: string }>(
        `SELECT string_agg(column_name, ', ') AS names FROM information_schema.columns
        WHERE table_name = 'referral' AND column_name NOT IN ('id', 'reason')`,
      )
    )[0]?.names;
    const late = randomUUID();
    await service.asWorker(
      `INSERT INTO referral (id, reason, ${columns}) SELECT $1, 'Written before.', ${columns} FROM referral WHERE person_id = $2`,
      [late, personId],
    );
    expect(await wordsOf(late)).toEqual(EMPTY);
  });

  it('once: told again, nothing is done', async () => {
    const told = erased((await service.refer()).personId);
    await react(told);
    await react(told);
    const rows = await service.asWorker('SELECT FROM audit WHERE subject = $1', [told.event.subject]);
    expect(rows).toHaveLength(1);
  });
});
