import { Pools } from '@homeward/persistence';
import { randomUUID } from 'node:crypto';
import { accepted, as, createFlow, markOf, received, RZ1, RZ2, type Flow, type TestTeam } from '../../flow.fixture';
import { toHolder } from '../holders/holders.http';
import { holderOf } from '../holders/holders.query';
import { OnReferralAccepted } from './on-referral-accepted';

let flow: Flow;
let intake: TestTeam;
let community: TestTeam;
let intensive: TestTeam;
beforeAll(async () => {
  flow = await createFlow();
  intake = await flow.team(RZ2, 'intake');
  community = await flow.team(RZ1);
  intensive = await flow.team(RZ2, 'intensive-support');
});
afterAll(() => flow.drop());

const monday = new Date('2026-11-23T09:00:00Z');
const tuesday = new Date('2026-11-24T09:00:00Z');
const wednesday = new Date('2026-11-25T09:00:00Z');

const episodesOf = (...people: string[]) =>
  flow.asWorker<{ person_id: string; accountable_team_id: string; closed_at: Date | null }>(
    'SELECT person_id, accountable_team_id, closed_at FROM episode WHERE person_id = ANY ($1) ORDER BY opened_at',
    [people],
  );
const contributing = (person: string) =>
  flow.asWorker<{ team_id: string }>('SELECT team_id FROM episode_team WHERE person_id = $1', [person]);
const typesOf = async (person: string) => (await flow.published(person)).map(({ type }) => type.split('.').at(-2));

describe('a referral that is accepted under one of two ids of a person', () => {
  it.each([
    ['the old one: the team contributes to the episode of the survivor', false],
    ['the survivor: the team contributes to the episode of the old id', true],
  ])('(%s) brings no second episode (TRF-03)', async (_, swapped) => {
    const ids = [randomUUID(), randomUUID()] as const;
    const [helped, referred] = ids;
    await flow.accepted(helped, community, monday);
    await (swapped ? flow.merged(referred, helped) : flow.merged(helped, referred));
    await flow.accepted(referred, intensive, tuesday);
    expect(await episodesOf(...ids)).toEqual([
      { person_id: helped, accountable_team_id: community.id, closed_at: null },
    ]);
    expect(await contributing(helped)).toEqual([{ team_id: intensive.id }]);
    expect(await typesOf(helped)).toEqual(['opened', 'team-joined']);
    expect(await typesOf(referred)).toEqual([]);
    const asked = await flow.asWorker<{ team_id: string }>(
      `SELECT team_id FROM work_item WHERE person_id = $1 AND kind = 'second-team-accepted'`,
      [helped],
    );
    expect(new Set(asked.map(({ team_id }) => team_id))).toEqual(new Set([community.id, intensive.id]));
  });

  it('finds the episode of another id that was merged into the same survivor', async () => {
    const [survivor, one, other] = [randomUUID(), randomUUID(), randomUUID()];
    await flow.merged(survivor, one);
    await flow.merged(survivor, other);
    await flow.accepted(one, community, monday);
    await flow.accepted(other, intensive, tuesday);
    expect(await episodesOf(survivor, one, other)).toMatchObject([{ person_id: one }]);
  });

  it('told late is cut by the episode of the other id', async () => {
    const [survivor, alias] = [randomUUID(), randomUUID()];
    await flow.accepted(survivor, community, wednesday);
    await flow.merged(survivor, alias);
    await flow.accepted(alias, intensive, tuesday);
    expect(await episodesOf(survivor, alias)).toEqual([
      { person_id: survivor, accountable_team_id: intensive.id, closed_at: wednesday },
      { person_id: survivor, accountable_team_id: community.id, closed_at: null },
    ]);
  });

  it('opens an episode under its own id where neither has one', async () => {
    const [survivor, alias] = [randomUUID(), randomUUID()];
    await flow.merged(survivor, alias);
    await flow.accepted(alias, community, monday);
    expect(await episodesOf(survivor, alias)).toMatchObject([{ person_id: alias, closed_at: null }]);
  });

  it('stays with its own id where both had an open episode before', async () => {
    const [survivor, alias] = [randomUUID(), randomUUID()];
    await flow.accepted(survivor, community, monday);
    await flow.accepted(alias, intensive, monday);
    await flow.merged(survivor, alias);
    await flow.accepted(alias, community, tuesday);
    expect(await contributing(alias)).toEqual([{ team_id: community.id }]);
    expect(await contributing(survivor)).toEqual([]);
  });

  it('leaves the person held under either id, for who may see the episode', async () => {
    const [survivor, alias] = [randomUUID(), randomUUID()];
    await flow.accepted(survivor, community, monday);
    await flow.merged(survivor, alias);
    const event = accepted(alias, intensive, tuesday, randomUUID(), intake);
    const { referralId } = event.data as { referralId: string };
    await flow.apply(received(alias, intake, monday, referralId), event);
    await flow.react(event);
    await flow.apply(...(await flow.published(survivor)));
    for (const person of [survivor, alias]) {
      const context = as(RZ2);
      const [row] = await flow.database.read(context, holderOf(context.principal, person, context.role), {
        subject: 'holder',
      });
      expect(row && toHolder(row)).toMatchObject({ personId: person, by: 'episode', team: { id: community.id } });
    }
  });

  it('comes too early where the ids were merged after it was asked for them', async () => {
    const [survivor, alias] = [randomUUID(), randomUUID()];
    await flow.accepted(survivor, community, monday);
    await flow.merged(survivor, alias);
    const before = { worker: { query: () => Promise.resolve({ rows: [{ id: alias }] }) } } as unknown as Pools;
    const event = accepted(alias, intensive, tuesday, randomUUID());
    const reaction = new OnReferralAccepted(flow.database, before);
    await expect(reaction.react(event, markOf(event))).rejects.toMatchObject({ name: 'TooEarly' });
    expect(await episodesOf(survivor, alias)).toHaveLength(1);
  });
});
