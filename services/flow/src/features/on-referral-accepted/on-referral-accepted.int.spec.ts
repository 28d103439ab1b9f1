import { randomUUID } from 'node:crypto';
import { WaitingAcceptances } from './waiting-acceptances';
import { accepted, createFlow, RZ1, RZ2, type Flow, type TestTeam } from '../../flow.fixture';

let flow: Flow;
let community: TestTeam;
let intensive: TestTeam;
beforeAll(async () => {
  flow = await createFlow();
  community = await flow.team(RZ1);
  intensive = await flow.team(RZ2, 'intensive-support');
});
afterAll(() => flow.drop());

const monday = new Date('2026-11-23T09:00:00Z');
const tuesday = new Date('2026-11-24T09:00:00Z');
const wednesday = new Date('2026-11-25T09:00:00Z');

const of = <R>(personId: string, text: string): Promise<R[]> => flow.asWorker<R>(text, [personId]);
const published = async (personId: string): Promise<unknown[]> => {
  const rows = await flow.asWorker<{ type: string; payload: string; headers: string }>(
    'SELECT type, payload, headers FROM outbox WHERE partitionkey = $1 ORDER BY sequence',
    [`person/${personId}`],
  );
  return rows.map(({ type, payload, headers }) => ({
    type: type.replace('homeward.flow.', ''),
    data: JSON.parse(payload) as unknown,
    cause: (JSON.parse(headers) as Record<string, string>)['ce_causationid'],
    occurredAt: (JSON.parse(headers) as Record<string, string>)['ce_occurredat'],
  }));
};
const ranges = (personId: string) =>
  of(
    personId,
    `SELECT team_id, lower(during) AS "from", upper(during) AS until FROM accountability WHERE person_id = $1 ORDER BY during`,
  );

describe('an accepted referral', () => {
  it('opens an episode that begins with the acceptance, in one write with the event that says so', async () => {
    const person = randomUUID();
    const event = await flow.accepted(person, community, monday);
    const [episode] = await of<{ id: string }>(person, 'SELECT * FROM episode WHERE person_id = $1');
    expect(episode).toMatchObject({
      accountable_team_id: community.id,
      coordinator_id: community.nurse,
      duty_until: null,
      opened_at: monday,
      closed_at: null,
    });
    expect(await published(person)).toMatchObject([
      {
        type: 'episode.opened.v1',
        data: { episodeId: episode?.id, teamId: community.id, coordinatorId: community.nurse },
        cause: event.id,
        occurredAt: event.occurredat,
      },
    ]);
    expect(await ranges(person)).toEqual([{ team_id: community.id, from: monday, until: null }]);
    expect(
      await of(person, 'SELECT organisation, kind, holder FROM relationship WHERE person_id = $1 ORDER BY kind'),
    ).toEqual([
      { organisation: RZ1, kind: 'accountable-team', holder: `team/${community.id}` },
      { organisation: RZ1, kind: 'coordinator', holder: `practitioner/${community.nurse}` },
    ]);
  });

  it('with a duty holder counts, until there is a co-ordinator (DEC-04)', async () => {
    const person = randomUUID();
    const event = accepted(person, community, monday, randomUUID());
    const dutyHolder = { practitionerId: community.nurse, until: '2026-11-27T17:00:00.000000Z' };
    await flow.react({ ...event, data: { ...(event.data as object), coordinatorId: null, dutyHolder } });
    const [episode] = await of(person, 'SELECT coordinator_id, duty_until FROM episode WHERE person_id = $1');
    expect(episode).toEqual({ coordinator_id: community.nurse, duty_until: new Date(dutyHolder.until) });
  });

  it('by a second team lets it contribute, and asks both leads (TRF-03)', async () => {
    const person = randomUUID();
    await flow.accepted(person, community, monday);
    await flow.accepted(person, intensive, tuesday);
    expect(await published(person)).toMatchObject([
      { type: 'episode.opened.v1' },
      { type: 'episode.team-joined.v1', data: { teamId: intensive.id, organisation: RZ2 } },
    ]);
    expect(await of(person, 'SELECT team_id FROM episode_team WHERE person_id = $1')).toEqual([
      { team_id: intensive.id },
    ]);
    expect(
      new Set(
        (await of<{ team_id: string }>(person, 'SELECT team_id FROM work_item WHERE person_id = $1')).map(
          ({ team_id }) => team_id,
        ),
      ),
    ).toEqual(new Set([community.id, intensive.id]));
    expect(await ranges(person)).toHaveLength(1);
  });

  it('of the accountable team again asks that one lead', async () => {
    const person = randomUUID();
    await flow.accepted(person, community, monday);
    await flow.accepted(person, community, tuesday);
    expect(await of(person, 'SELECT team_id FROM episode_team WHERE person_id = $1')).toEqual([]);
    expect(await of(person, 'SELECT team_id FROM work_item WHERE person_id = $1')).toEqual([{ team_id: community.id }]);
  });

  it('told late opens an episode that the later one cuts', async () => {
    const person = randomUUID();
    await flow.accepted(person, intensive, wednesday);
    await flow.accepted(person, community, monday);
    await flow.accepted(person, intensive, tuesday);
    expect(
      await of(person, 'SELECT opened_at, closed_at FROM episode WHERE person_id = $1 ORDER BY opened_at'),
    ).toEqual([
      { opened_at: monday, closed_at: wednesday },
      { opened_at: wednesday, closed_at: null },
    ]);
    expect(await ranges(person)).toEqual([
      { team_id: community.id, from: monday, until: wednesday },
      { team_id: intensive.id, from: wednesday, until: null },
    ]);
    expect((await published(person)).map((event) => (event as { type: string }).type)).toEqual([
      'episode.opened.v1',
      'episode.opened.v1',
      'episode.team-joined.v1',
      'episode.team-joined.v1',
    ]);
    expect(
      await of(
        person,
        `SELECT until FROM relationship WHERE person_id = $1 AND organisation = 'RZ1' AND kind = 'accountable-team'`,
      ),
    ).toEqual([{ until: wednesday }]);
  });

  it('is taken once', async () => {
    const person = randomUUID();
    const event = await flow.accepted(person, community, monday);
    await flow.react(event);
    expect(await published(person)).toHaveLength(1);
  });

  it('of a team that is not known here yet comes too early, and leaves nothing', async () => {
    const person = randomUUID();
    const unknown = { ...community, id: randomUUID() };
    await expect(flow.accepted(person, unknown, monday)).rejects.toMatchObject({ name: 'TooEarly' });
    expect(await published(person)).toEqual([]);
    const [row] = await flow.asWorker('SELECT last_sequence FROM inbox WHERE stream = $1', [`person/${person}`]);
    expect(row).toEqual({ last_sequence: '0' });
  });

  it('told backwards leaves one open episode and no gap', async () => {
    const person = randomUUID();
    const events = [1, 2, 3, 4].map((i) => ({
      ...accepted(person, i % 2 ? community : intensive, new Date(monday.getTime() + i * 1000), randomUUID()),
      partitionkey: `person/${person}`,
    }));
    for (const event of events.reverse()) await flow.react({ ...event, sequence: BigInt(5 - Number(event.sequence)) });
    expect(await of(person, 'SELECT 1 FROM episode WHERE person_id = $1 AND closed_at IS NULL')).toHaveLength(1);
    expect(await ranges(person)).toHaveLength(4);
  });
});

describe('an acceptance that waits for its episode', () => {
  it('is seen, with its age, until the episode is there', async () => {
    const waiting = new WaitingAcceptances(flow.pools);
    const person = randomUUID();
    expect(await waiting.oldest()).toBe(0);
    const event = accepted(person, community, monday, randomUUID());
    await flow.apply(event);
    expect(await waiting.oldest()).toBeGreaterThan(60);
    await flow.react(event);
    await flow.apply(...(await flow.published(person)));
    expect(await waiting.oldest()).toBe(0);
  });
});
