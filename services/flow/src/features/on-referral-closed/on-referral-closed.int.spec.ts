import { referralClosed, type EventEnvelope } from '@homeward/contracts';
import { instantOf, uuidv7 } from '@homeward/kernel';
import { randomUUID } from 'node:crypto';
import { createFlow, RZ1, RZ2, told, type Flow, type TestTeam } from '../../flow.fixture';

let flow: Flow;
let intake: TestTeam;
let otherIntake: TestTeam;
let community: TestTeam;
let person: string;
beforeAll(async () => {
  flow = await createFlow();
  intake = await flow.team(RZ1, 'intake');
  otherIntake = await flow.team(RZ2, 'intake');
  community = await flow.team(RZ1);
});
afterAll(() => flow.drop());
beforeEach(() => {
  person = randomUUID();
});

const monday = new Date('2026-11-23T09:00:00Z');
const tuesday = new Date('2026-11-24T09:00:00Z');

const closing = (reasonCode: 'died' | 'said-no', { id, organisation }: TestTeam, personId = person): EventEnvelope =>
  told(referralClosed, personId, tuesday, {
    ...{ referralId: uuidv7(), intakeOrganisation: organisation, intakeTeamId: id, reasonCode },
  });
const asked = (...people: string[]) =>
  flow.asWorker(
    'SELECT team_id, person_id, kind, episode_id, referral_id, settled_at FROM work_item WHERE person_id = ANY ($1) ORDER BY id',
    [people],
  );

describe('a referral that a death closed', () => {
  it('before anybody was accountable: its intake, which held the person, is asked to notify LeDeR (DEC-04, DEC-05)', async () => {
    const event = closing('died', intake);
    await flow.react(event);
    expect(await asked(person)).toEqual([
      {
        ...{ team_id: intake.id, person_id: person, kind: 'leder-notification', episode_id: null },
        ...{ referral_id: (event.data as { referralId: string }).referralId, settled_at: null },
      },
    ]);
  });

  it('asks before or after flow heard of the death itself, and stays asked when that is corrected', async () => {
    await flow.react(closing('died', intake));
    const first = await flow.died(person, instantOf(tuesday));
    await flow.died(person, instantOf(monday), { corrects: first.id });
    await flow.react(closing('died', intake));
    expect(await asked(person)).toMatchObject([{ team_id: intake.id, settled_at: null }]);
  });

  it('beside another: the intake of the one that was received first is asked, once', async () => {
    await flow.react(closing('died', intake));
    await flow.react(closing('died', otherIntake));
    expect(await asked(person)).toMatchObject([{ team_id: intake.id }]);
  });

  it('asks nobody where a team was accountable, which is asked by the death', async () => {
    await flow.accepted(person, community, monday);
    await flow.react(closing('died', intake));
    expect(await asked(person)).toEqual([]);
    await flow.died(person, instantOf(tuesday));
    expect(await asked(person)).toMatchObject([{ team_id: community.id, kind: 'leder-notification' }]);
  });

  it('asks once for all ids of the person', async () => {
    const [helped, alias] = [randomUUID(), randomUUID()];
    await flow.merged(person, alias);
    await flow.react(closing('died', intake, alias));
    await flow.react(closing('died', otherIntake));
    expect(await asked(person, alias)).toMatchObject([{ team_id: intake.id, person_id: alias }]);

    await flow.accepted(helped, community, monday);
    const old = randomUUID();
    await flow.merged(helped, old);
    await flow.react(closing('died', intake, old));
    expect(await asked(helped, old)).toEqual([]);
  });
});

it('a referral that a wish closed asks nobody', async () => {
  await flow.react(closing('said-no', intake));
  expect(await asked(person)).toEqual([]);
});
