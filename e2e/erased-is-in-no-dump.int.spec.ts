import { openEventLog, rebuildProjection } from '@homeward/messaging';
import { openPools } from '@homeward/persistence';
import { eventually, logsUnderTest } from '@homeward/testing';
import type { TestService } from '@homeward/testing/service';
import { PERSONAS } from '../infra/local/issuer/personas';
import { flow } from '../services/flow/src/flow.module';
import { eraseOrSay, type Asked } from '../tools/ops/erase';
import { withHoldings } from '../tools/ops/erasure';
import { SERVICES } from '../tools/ops/services';
import { dumpOf, messagesOf } from './dump.fixture';
import { eraserOf } from './erasing.fixture';
import { KEPT, plant, PLANTED, WORDS } from './planted.fixture';
import { startInProcess, type SystemInProcess } from './system-in-process.fixture';

const APPROVED = PERSONAS.privacy.sub;
jest.setTimeout(120_000);

let system: SystemInProcess;
let planted: Awaited<ReturnType<typeof plant>>;
let eraser: ReturnType<typeof eraserOf> | undefined;
const at = (name: string): TestService => system.services[SERVICES.findIndex((service) => service.name === name)]!;

/** What an operator sees, and whether the exit code would be 0. */
async function erase(id: string, asked: Partial<Asked> = {}): Promise<{ said: string; isWell: boolean }> {
  const said: string[] = [];
  const print = jest.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
  const configs = SERVICES.map((definition) => ({ definition, config: at(definition.name).config.database }));
  try {
    const isWell = await withHoldings(configs, (holdings) =>
      eraseOrSay(eraser!.person, holdings, { id, reasonCode: 'asked-by-the-person', evenIfOpen: false, ...asked }),
    );
    return { said: said.join('\n'), isWell };
  } finally {
    print.mockRestore();
  }
}

/** Everything that is kept anywhere, by database and table, and the log. */
async function everything(): Promise<Map<string, string>> {
  const { eventLog } = at('people').config;
  const all = new Map([['the messages', await messagesOf(eventLog)]]);
  const databases = SERVICES.map(({ name }) => [name, at(name).config.database.database ?? name]);
  if (eventLog.kind === 'postgres') databases.push(['event_log', eventLog.database ?? 'event_log']);
  for (const [name, database] of databases) {
    for (const [table, text] of await dumpOf(database!)) all.set(`${name} ${table}`, text);
  }
  return all;
}
const placesOf = (all: Map<string, string>, pattern: RegExp): string[] =>
  [...all].filter(([, text]) => pattern.test(text)).map(([place]) => place);

const PLACES = [
  ...['break_glass', 'consent', 'contact', 'home', 'need', 'person', 'person_history', 'registration'].map(
    (table) => `people public.${table}`,
  ),
  ...['referral', 'referral_step'].map((table) => `referrals public.${table}`),
  'flow public.transfer',
];
const keptIn = (all: Map<string, string>) =>
  [...all]
    .map(([place, text]) => [
      place,
      text
        .split('\n')
        .filter((row) => KEPT.test(row))
        .sort(),
    ])
    .filter(([, rows]) => rows?.length);
let kept: ReturnType<typeof keptIn>;

describe.each(logsUnderTest())('who is erased, on the %s log', (kind) => {
  beforeAll(async () => {
    system = await startInProcess(kind);
    planted = await plant(system);
    eraser = eraserOf(at('people'));
  }, 240_000);
  afterAll(async () => {
    await eraser?.pools.end();
    await system.stop();
  });

  it('every field of the API that takes words about a person is planted: a new one is added here', async () => {
    const documents = await Promise.all(
      SERVICES.map(async ({ name }) => (await (await fetch(`${at(name).url}/openapi.json`)).json()) as OpenApi),
    );
    expect(documents.flatMap(wordsIn).sort()).toEqual(WORDS);
  });

  it('before, what is planted is found in every table that takes it, and never in the log', async () => {
    await eventually(async () => (await messagesOf(at('people').config.eventLog)).includes(planted.keptId));
    await planted.review();
    const all = await everything();
    expect(placesOf(all, PLANTED).sort()).toEqual([...PLACES].sort());
    kept = keptIn(all);
    expect(kept.length).toBeGreaterThan(4);
  });

  it('a dry run says what would go, of every id and service, and changes nothing', async () => {
    const before = await everything();
    const { said, isWell } = await erase(planted.aliasId);
    expect(isWell).toBe(true);
    expect(said).toContain(planted.personId);
    for (const table of PLACES.map((place) => place.split('.')[1] ?? ''))
      expect(said).toMatch(new RegExp(` ${table} `));
    expect(said).toMatch(/still supported[^]*flow: an episode/);
    expect(said).not.toMatch(PLANTED);
    expect(placesOf(await everything(), PLANTED)).toEqual(placesOf(before, PLANTED));
  });

  it('somebody who is supported is not erased, unless that is asked for (AUD-10)', async () => {
    expect(await erase(planted.personId, { approved: APPROVED })).toMatchObject({ isWell: false });
    expect((await at('people').as('community-lead').get(`/people/${planted.personId}`)).status).toBe(200);
  });

  it('afterwards it is found in no table and no message, and everybody else is as before (AUD-09)', async () => {
    await planted.die(planted.personId);
    await eventually(async () => !(await erase(planted.personId)).said.includes('still supported'));
    const { said, isWell } = await erase(planted.personId, { approved: APPROVED });
    expect([isWell, said]).toEqual([
      true,
      expect.stringContaining('No service keeps anything of them but coded facts.'),
    ]);
    const all = await everything();
    const left = new Map([...all].map(([place, text]) => [place, withoutSupported(text)]));
    expect(placesOf(left, PLANTED)).toEqual([]);
    expect(keptIn(all)).toEqual(kept);
  });
  const withoutSupported = (text: string): string =>
    text
      .split('\n')
      .filter((row) => !row.includes(planted.supportedId))
      .join('\n');

  it('a second time it says that they were erased, and finds nothing left', async () => {
    const { said, isWell } = await erase(planted.aliasId, { approved: APPROVED });
    expect([said.split('\n')[0], isWell]).toEqual([expect.stringMatching(/was erased at 20/), true]);
  });

  it('the audit says who approved it, and why', async () => {
    const rows = await at('people').asWorker(
      `SELECT sub, role, purpose, outcome, person_ids FROM audit WHERE action = 'erase-person'`,
    );
    expect(rows).toEqual([
      {
        ...{ sub: APPROVED, role: 'operator', purpose: 'erasure/asked-by-the-person', outcome: 'done' },
        person_ids: [planted.personId, planted.aliasId],
      },
    ]);
  });

  it('who could read them is told, and for everybody else there never was anybody', async () => {
    const asked = async (who: 'gp' | 'second-trust-lead', id: string) =>
      (await at('people').as(who).get(`/people/${id}`)).status;
    expect([await asked('gp', planted.personId), await asked('gp', planted.aliasId)]).toEqual([410, 410]);
    expect(await asked('second-trust-lead', planted.personId)).toBe(404);
  });

  describe('somebody who is supported, erased all the same', () => {
    beforeAll(async () => {
      const asked = { approved: APPROVED, evenIfOpen: true, reasonCode: 'ordered' } as const;
      expect(await erase(planted.supportedId, asked)).toMatchObject({ isWell: true });
    });

    it('is still held, by an id, and their way is still told in coded facts (DEC-04)', async () => {
      const lead = at('flow').as('community-lead');
      expect((await lead.get(`/holders/${planted.supportedId}`)).body).toMatchObject({ by: 'episode' });
      const { status, body } = await lead.get(`/journeys/${planted.supportedId}`);
      expect([status, JSON.stringify(body).includes('homeward.flow.episode.opened')]).toEqual([200, true]);
    });

    it('is 410 to who supports them, by their id, and no command finds them', async () => {
      expect((await at('people').as('community-lead').get(`/people/${planted.supportedId}`)).status).toBe(410);
      const death = await at('people')
        .as('community-lead')
        .post(`/people/${planted.supportedId}/record-death`, { diedOn: '2026-11-01' });
      expect(death.status).toBe(404);
      expect((await planted.refer(planted.supportedId)).status).toBe(404);
    });

    it('gets no words any more, by work that goes on', async () => {
      const words = { reasonCode: 'said-no', capacity: 'has-capacity', explanation: 'Plantedlate' };
      await planted.post('referrals', 'gp', `/referrals/${planted.openReferralId}/withdraw`, words);
      expect(placesOf(await everything(), PLANTED)).toEqual([]);
    });

    it('does not come back by a rebuild', async () => {
      const { config } = at('flow');
      const opened = openPools(config.database);
      const log = openEventLog(config.eventLog);
      for (const { name } of flow.projections) {
        await rebuildProjection(
          { config: config.database, worker: opened.worker, log, projections: flow.projections },
          name,
          { accept: true },
        );
      }
      await log.close();
      await opened.end();
      expect(placesOf(await everything(), PLANTED)).toEqual([]);
    });
  });

  it('somebody with the number of who was erased is registered as somebody new', async () => {
    const again = await planted.registerAgain();
    expect([planted.personId, planted.aliasId]).not.toContain(again);
    expect((await at('people').as('gp').get(`/people/${again}`)).body).toMatchObject({ givenName: 'Again' });
  });
});

interface Operation {
  operationId: string;
  requestBody?: { content: { 'application/json': { schema: { $ref?: string } } } };
}
interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties?: Record<string, { maxLength?: number }> }> };
}

/** `<operation> <field>`, for each field of a body that is long enough for sentences. */
function wordsIn({ paths, components }: OpenApi): string[] {
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  return operations.flatMap(({ operationId, requestBody }) => {
    const name = requestBody?.content['application/json'].schema.$ref?.split('/').at(-1) ?? '';
    const fields = Object.entries(components.schemas[name]?.properties ?? {});
    return fields.filter(([, { maxLength = 0 }]) => maxLength > 250).map(([field]) => `${operationId} ${field}`);
  });
}
