import { personErased } from '@homeward/contracts';
import { instantOf, uuidv7 } from '@homeward/kernel';
import { randomUUID } from 'node:crypto';
import { as, createFlow, eventOf, markOf, RZ1, RZ2, type Flow, type TestTeam } from '../../flow.fixture';
import { DeclineTransfer } from '../decline-transfer/decline-transfer';
import { ProposeTransfer } from '../propose-transfer/propose-transfer';
import { OnPersonErased } from './on-person-erased';

let flow: Flow;
let community: TestTeam;
let intensive: TestTeam;
beforeAll(async () => {
  flow = await createFlow();
  community = await flow.team(RZ1);
  intensive = await flow.team(RZ2, 'intensive-support');
});
afterAll(() => flow.drop());

const erase = (personId: string, aliasIds: string[] = []) => {
  const event = eventOf(personErased, personId, `person/${personId}`, new Date(), { reasonCode: 'ordered', aliasIds });
  return new OnPersonErased(flow.database).react(event, { ...markOf(event), sequence: 1n });
};
const episodeOf = async (personId: string) =>
  (await flow.asWorker<{ id: string }>('SELECT * FROM episode WHERE person_id = $1', [personId]))[0];
const transfersOf = (personId: string) =>
  flow.asWorker<Record<string, unknown>>('SELECT * FROM transfer WHERE person_id = $1', [personId]);

async function supported(): Promise<string> {
  const personId = randomUUID();
  await flow.accepted(personId, community, new Date(Date.now() - 86_400_000));
  return personId;
}

/** The other team says no, in words. */
async function refused(personId: string): Promise<void> {
  const id = uuidv7();
  await new ProposeTransfer(flow.database, flow.boards).propose(as(RZ1), {
    ...{ id, episodeId: (await episodeOf(personId))?.id ?? '', toTeamId: intensive.id },
    ...{ reasonCode: 'more-intensive-support', priority: 'urgent' },
    riskAssessedAt: instantOf(new Date(Date.now() - 3_600_000)),
  });
  const no = { reasonCode: 'criteria-not-met', alternativeCode: 'joint-review', explanation: 'In words.' } as const;
  await new DeclineTransfer(flow.database).decline(as(RZ2, 'team-lead', { ifMatch: 1 }), id, no);
}

describe('a person is erased', () => {
  it('and the words of their transfers go, under each id, and nothing else', async () => {
    const [one, alias, other] = [await supported(), await supported(), await supported()];
    for (const personId of [one, alias, other]) await refused(personId);
    const [before, untouched] = [await transfersOf(one), await transfersOf(other)];
    await erase(one, [alias]);
    expect(await transfersOf(one)).toEqual(before.map((row) => ({ ...row, explanation: null })));
    expect((await transfersOf(alias)).map(({ explanation }) => explanation)).toEqual([null]);
    expect(await transfersOf(other)).toEqual(untouched);
    expect(untouched).toMatchObject([{ explanation: 'In words.' }]);
  });

  it('and is held as before, by an id; what is written later stays empty (DEC-04)', async () => {
    const personId = await supported();
    const before = await episodeOf(personId);
    await erase(personId);
    expect(await episodeOf(personId)).toEqual(before);
    await refused(personId);
    expect((await transfersOf(personId)).map(({ explanation }) => explanation)).toEqual([null]);
  });
});
