import { randomUUID } from 'node:crypto';
import { as, createFlow, RZ1, RZ2, type Flow } from '../../flow.fixture';
import { AddPractitioner } from '../add-practitioner/add-practitioner';
import { teamsFrom, teamWithPractitioners } from '../teams/teams.query';

let flow: Flow;
beforeAll(async () => {
  flow = await createFlow();
});
afterAll(() => flow.drop());

const somebody = () => ({ id: randomUUID(), name: 'Plantedname', role: 'nurse', telephone: '01632 960012' });

describe('a team', () => {
  it('is opened with its kind and number, and its name stays here', async () => {
    const team = await flow.team(RZ1, 'intake');
    const events = await flow.asWorker<{ type: string; payload: string }>(
      'SELECT type, payload FROM outbox WHERE partitionkey = $1 ORDER BY sequence',
      [`team/${team.id}`],
    );
    expect(events.map(({ type }) => type)).toEqual([
      'homeward.flow.team.opened.v1',
      'homeward.flow.practitioner.joined-team.v1',
    ]);
    expect(JSON.parse(events[0]?.payload ?? '')).toEqual({
      teamId: team.id,
      organisation: RZ1,
      kind: 'intake',
      telephone: '01632 960001',
    });
  });

  it('is shown to everybody, with who is in it', async () => {
    const team = await flow.team();
    const person = somebody();
    await new AddPractitioner(flow.database).add(as(RZ1, 'manager'), team.id, person);
    const audit = { subject: `team/${team.id}`, people: false };
    const [shown] = await flow.database.read(as(RZ2), teamWithPractitioners(team.id), audit);
    expect(shown?.['practitioners']).toMatchObject([{ id: team.nurse }, person]);
    const listed = await flow.database.read(as(RZ2), teamsFrom(undefined, 100), audit);
    expect(listed.map(({ id }) => id)).toContain(team.id);
    expect(await flow.database.read(as(RZ2), teamsFrom([team.id], 100), audit)).not.toContainEqual(
      expect.objectContaining({ id: team.id }),
    );
  });

  it('takes a practitioner once, and from its own organisation only', async () => {
    const team = await flow.team();
    const add = new AddPractitioner(flow.database);
    const person = somebody();
    await add.add(as(RZ1, 'manager'), team.id, person);
    await expect(add.add(as(RZ1, 'manager'), team.id, person)).rejects.toMatchObject({
      code: 'practitioner-in-team-already',
    });
    await expect(add.add(as(RZ2, 'manager'), team.id, somebody())).rejects.toMatchObject({
      code: 'team-of-another-organisation',
    });
    await expect(add.add(as(RZ1, 'manager'), randomUUID(), person)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('leaves no name in an event', async () => {
    const rows = await flow.asWorker('SELECT 1 FROM outbox WHERE payload || headers LIKE $1', ['%Plantedname%']);
    expect(rows).toEqual([]);
  });
});
