import { personAliasAdded, referralReceived } from '@homeward/contracts';
import { ALREADY_TAKEN, type CommandContext } from '@homeward/persistence';
import { instantOf, uuidv7 } from '@homeward/kernel';
import { randomUUID } from 'node:crypto';
import { as, createFlow, eventOf, markOf, received, registered, accepted, RZ1, RZ2, self } from '../../flow.fixture';
import type { Flow, TestTeam } from '../../flow.fixture';
import type { Journey } from '../journey/journey.dto';
import { toJourney } from '../journey/journey.http';
import { journeyOf } from '../journey/journey.query';
import { toHolder } from '../holders/holders.http';
import { holderOf } from '../holders/holders.query';
import { OnAliasAdded } from './on-alias-added';

let flow: Flow;
let intake: TestTeam;
let here: TestTeam;
let there: TestTeam;
beforeAll(async () => {
  flow = await createFlow();
  intake = await flow.team(RZ1, 'intake');
  here = await flow.team(RZ1);
  there = await flow.team(RZ2);
});
afterAll(() => flow.drop());

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 2, 9, minute));

/** As the reader would: its row follows the events that no reaction wants. */
async function aliasAdded(survivor: string, alias: string): Promise<void> {
  const event = eventOf(personAliasAdded, survivor, `person/${survivor}`, at(30), { aliasId: alias });
  const mark = markOf(event);
  await flow.asWorker(
    `INSERT INTO inbox VALUES ($1, $2, $3, $4) ON CONFLICT (reader, source, stream)
      DO UPDATE SET last_sequence = excluded.last_sequence`,
    [mark.reader, mark.source, mark.stream, mark.sequence - 1n],
  );
  await new OnAliasAdded(flow.database).react(event, mark);
}

/** Somebody whom a team took up, told as it happened. */
async function supportedBy(team: TestTeam, minute = 1): Promise<string> {
  const [person, referral] = [randomUUID(), uuidv7()];
  const receipt = received(person, intake, at(minute), referral);
  const acceptance = accepted(person, team, at(minute + 1), referral, intake);
  await flow.apply(registered(person, at(0)), receipt, acceptance);
  await flow.react(acceptance);
  await flow.apply(...(await flow.published(person)));
  return person;
}

const journey = async (context: CommandContext, person: string): Promise<Journey | undefined> => {
  const rows = await flow.database.read(context, journeyOf(context.principal, person, {}, context.role), {
    subject: 'journey',
  });
  return rows.length > 0 ? toJourney(rows) : undefined;
};
const holder = async (context: CommandContext, person: string) => {
  const [row] = await flow.database.read(context, holderOf(context.principal, person, context.role), {
    subject: 'holder',
  });
  return row && toHolder(row);
};
const subjects = (found: Journey | undefined) => found?.entries.map(({ subject }) => subject.split('/')[0]);
const itemsOf = (person: string) =>
  flow.asWorker<{ team_id: string; kind: string; episode_id: string; subject: string }>(
    'SELECT team_id, kind, episode_id, subject FROM work_item WHERE person_id = $1',
    [person],
  );

describe('two ids mean one person', () => {
  it('and both have an open episode: the leads of both are asked, each of the other (TRF-03)', async () => {
    const [survivor, alias] = [await supportedBy(here), await supportedBy(there)];
    await aliasAdded(survivor, alias);
    const [one] = await itemsOf(survivor);
    const [other] = await itemsOf(alias);
    expect(one).toMatchObject({
      team_id: here.id,
      kind: 'two-episodes-one-person',
      subject: `episode/${other?.episode_id}`,
    });
    expect(other).toMatchObject({ team_id: there.id, subject: `episode/${one?.episode_id}` });
  });

  it('and one of them has none: nobody is asked', async () => {
    const [survivor, alias] = [randomUUID(), await supportedBy(there)];
    await aliasAdded(survivor, alias);
    expect([...(await itemsOf(survivor)), ...(await itemsOf(alias))]).toEqual([]);
  });

  it('which is taken once', async () => {
    const survivor = randomUUID();
    await aliasAdded(survivor, randomUUID());
    const event = eventOf(personAliasAdded, survivor, `person/${survivor}`, at(31), { aliasId: randomUUID() });
    const write = jest.spyOn(flow.database, 'write');
    await new OnAliasAdded(flow.database).react({ ...event, sequence: 1n }, { ...markOf(event), sequence: 1n });
    await expect(write.mock.results[0]?.value).resolves.toMatchObject({ status: ALREADY_TAKEN });
    write.mockRestore();
  });
});

describe('the journey of the survivor', () => {
  it('tells what was recorded under either id, in the order in which it happened', async () => {
    const [survivor, alias] = [await supportedBy(here, 10), await supportedBy(here, 1)];
    const before = await journey(as(RZ1), survivor);
    await aliasAdded(survivor, alias);
    const both = await journey(as(RZ1), survivor);
    expect(both?.entries.map(({ occurredAt }) => occurredAt)).toEqual(
      [...(both?.entries ?? [])].map(({ occurredAt }) => occurredAt).sort(),
    );
    expect(both?.entries).toHaveLength(2 * (before?.entries.length ?? 0));
    expect(both?.personId).toBe(survivor);
    expect(both?.responsible).toMatchObject({ by: 'episode', since: expect.stringMatching('09:11') as string });
    // The old id stays valid, and tells what it told.
    expect((await journey(as(RZ1), alias))?.responsible).toMatchObject({
      since: expect.stringMatching('09:02') as string,
    });
  });

  it('shows each entry by the right to its own id', async () => {
    const [survivor, alias] = [await supportedBy(here), await supportedBy(there)];
    await aliasAdded(survivor, alias);
    const ofAlias = await journey(as(RZ2), survivor);
    expect(new Set(ofAlias?.entries.map(({ data }) => data['teamId']).filter(Boolean))).toEqual(new Set([there.id]));
    expect(subjects(await journey(self(survivor), survivor))).toEqual(subjects(await journey(self(alias), alias)));
    expect(await journey(as('RZ7'), survivor)).toBeUndefined();
  });

  it('shows who only referred the alias the state of their referral, without what it holds', async () => {
    const [survivor, alias] = [await supportedBy(here), await supportedBy(there)];
    await aliasAdded(survivor, alias);
    const seen = await journey(as(referralReceived.example.referrerOrganisation, 'referrer'), survivor);
    expect(new Set(subjects(seen))).toEqual(new Set(['referral']));
    expect(seen?.entries.every(({ data }) => Object.keys(data).length === 0)).toBe(true);
    expect(seen?.responsible).toBeNull();
  });

  it('hides the alias itself from who has a right to neither', async () => {
    const [survivor, alias] = [await supportedBy(here), await supportedBy(there)];
    await aliasAdded(survivor, alias);
    const rows = (organisation?: string) =>
      flow.asApp(organisation, 'SELECT 1 AS seen FROM person_alias WHERE survivor_id = $1', [survivor]);
    expect([await rows(RZ1), await rows(RZ2)]).toEqual([[{ seen: 1 }], [{ seen: 1 }]]);
    expect([await rows('RZ7'), await rows()]).toEqual([[], []]);
  });
});

describe('who holds the survivor', () => {
  it('is found under the alias, by who has a right to that', async () => {
    const [survivor, alias] = [randomUUID(), await supportedBy(there)];
    await flow.apply(registered(survivor, at(0)));
    await aliasAdded(survivor, alias);
    expect(await holder(as(RZ2), survivor)).toMatchObject({
      personId: survivor,
      by: 'episode',
      team: { id: there.id },
    });
    expect(await holder(as(RZ2), alias)).toMatchObject({ personId: alias, by: 'episode', team: { id: there.id } });
    // Its intake's right to the alias ended, and nobody else has one.
    for (const organisation of [RZ1, 'RZ7']) expect(await holder(as(organisation), survivor)).toBeUndefined();
  });

  it('is nobody any more after a death, under neither id, and each last team is asked to notify it (DEC-05)', async () => {
    const [survivor, alias] = [await supportedBy(here), await supportedBy(there)];
    await aliasAdded(survivor, alias);
    const first = await flow.died(survivor, instantOf(at(40)));
    await flow.died(survivor, instantOf(at(50)), { corrects: first.id });
    for (const [person, team] of [
      [survivor, here],
      [alias, there],
    ] as const) {
      expect(await holder(as(team.organisation), person)).toMatchObject({ by: 'died', until: instantOf(at(50)) });
      const ranges = 'SELECT upper(during) AS until FROM accountability WHERE person_id = $1';
      expect(await flow.asWorker(ranges, [person])).toEqual([{ until: at(50) }]);
      const open = 'SELECT team_id, kind FROM work_item WHERE person_id = $1 AND settled_at IS NULL';
      expect(await flow.asWorker(open, [person])).toEqual([{ team_id: team.id, kind: 'leder-notification' }]);
    }
  });
});
