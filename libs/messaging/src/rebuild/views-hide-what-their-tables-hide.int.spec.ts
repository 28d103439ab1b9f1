import { openWorld, seenProjection, SERVICE, startReader, type World } from '../reader/reader.fixture';
import { livePeople, rebuildOptions } from './rebuild.fixture';
import { rebuildProjection } from './rebuild';

describe('views hide what their tables hide', () => {
  let world: World;
  const sound = seenProjection();
  // Its table forgets FORCE: a view that ran as its owner would show every row.
  const projection = {
    ...sound,
    create: (schema: string) => [
      ...sound.create(schema),
      `ALTER TABLE ${schema}.seen_event NO FORCE ROW LEVEL SECURITY`,
    ],
  };
  beforeAll(async () => {
    world = await openWorld('postgres');
  });
  afterAll(() => world.close());

  const visibleTo = async (organisation: string): Promise<string[]> => {
    const client = await world.pools.app.connect();
    try {
      await client.query('BEGIN');
      await client.query(`SELECT set_config('app.principal', $1, true), set_config('app.now', now()::text, true)`, [
        organisation,
      ]);
      const { rows } = await client.query<{ stream: string }>('SELECT DISTINCT stream FROM seen_event');
      return rows.map(({ stream }) => stream);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  };

  it('before a rebuild and after it', async () => {
    await startReader(world, [projection]);
    const [person] = (await livePeople(world, 3, 2)) as [string];
    await world.query(
      `INSERT INTO relationship (source, person_id, organisation, kind, subject, "from")
        VALUES ('/homeward/test', $1, 'RZ1', 'intake', 'test/1', now() - interval '1 hour')`,
      [person.slice('person/'.length)],
    );
    for (const step of ['installed', 'rebuilt']) {
      if (step === 'rebuilt') await rebuildProjection(rebuildOptions(world, [projection]), 'seen');
      expect(await visibleTo('RZ1')).toEqual([person]);
      expect(await visibleTo('RZ2')).toEqual([]);
      expect(await visibleTo('')).toEqual([]);
    }
    const [owner] = await world.query<{ owner: string }>(
      `SELECT tableowner AS owner FROM pg_tables WHERE schemaname = 'seen_1' AND tablename = 'seen_event'`,
    );
    expect(owner?.owner).toBe(`${SERVICE}_owner`);
  });
});
