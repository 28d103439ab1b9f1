import { eventually } from '@homeward/testing';
import { PERSONAS, type PersonaName } from '../infra/local/issuer/personas';
import { SERVICES } from '../tools/ops/services';
import { Api } from '../tools/start/api';
import { playStory, type Story } from '../tools/start/story';
import { startInProcess, type SystemInProcess } from './system-in-process.fixture';

interface Asked {
  service: string;
  route: string;
  status: number;
  correlationId: string | null;
}

interface Look {
  id: string;
  service: string;
  at: string;
  organisation: string;
  sub: string;
  action: string;
  outcome: string;
  personIds?: string[];
}

describe('who looked', () => {
  let system: SystemInProcess;
  let story: Story;
  let api: Api;
  const asked: Asked[] = [];

  beforeAll(async () => {
    system = await startInProcess('postgres');
    const really = fetch;
    // Every request of the story, and those that services send each other for it.
    jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      const answer = await really(input, init);
      const url = new URL(input instanceof Request ? input.url : input);
      const [service] = Object.entries(system.addresses).find(([, address]) => address === url.origin) ?? ['gateway'];
      const [, segment = ''] = url.pathname.split('/');
      if (url.origin !== system.issuer && segment !== 'health') {
        const correlationId = answer.headers.get('x-correlation-id');
        asked.push({ service, route: `${init?.method ?? 'GET'} /${segment}`, status: answer.status, correlationId });
      }
      return answer;
    });
    story = await playStory(system.url, system.issuer, new Date(), () => undefined);
    api = new Api(system.url);
  }, 180_000);
  afterAll(async () => {
    jest.restoreAllMocks();
    await system.stop();
  });

  const looks = async (path: string, persona: PersonaName, person?: string) => {
    const { status, body } = await api.get(path, { token: system.token(persona, { person }) });
    const { items = [], unanswered, next } = body as { items?: Look[]; unanswered?: string[]; next?: string };
    return { status, items, unanswered, next };
  };
  const own = (query = '') => looks(`/people/${story.personId}/looks${query}`, 'person', story.personId);

  it('every request of the story, also of one service to another, left its row', async () => {
    const rows = new Map<string, Set<string>>();
    for (const [at, { name }] of SERVICES.entries()) {
      const found = await system.services[at]?.asWorker<{ id: string }>('SELECT correlation_id AS id FROM audit');
      rows.set(name, new Set(found?.map(({ id }) => id)));
    }
    const inAny = (id: string): boolean => [...rows.values()].some((ids) => ids.has(id));
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.map(({ service }) => service)).toEqual(expect.arrayContaining(['gateway', 'people']));
    const without = asked.filter(
      ({ service, correlationId: id }) =>
        id === null || !(service === 'gateway' ? inAny(id) : rows.get(service)?.has(id)),
    );
    expect(without).toEqual([]);
  });

  it('the person sees who, for whom, why and when, from all services, the newest first (AUD-02, PERM-10)', async () => {
    const { status, items, unanswered } = await own();
    expect([status, unanswered]).toEqual([200, []]);
    expect(new Set(items.map(({ service }) => service))).toEqual(new Set(['people', 'referrals', 'flow']));
    expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).sort((a, b) => (a < b ? 1 : -1)));
    expect(items).toContainEqual(
      expect.objectContaining({
        ...{ service: 'referrals', action: 'accept-referral', outcome: 'done' },
        ...{ organisation: 'RZ1', sub: PERSONAS.intake.sub, purpose: 'direct-care' },
      }),
    );
    expect(JSON.stringify(items)).not.toMatch(/Sam|Taylor|Shah|personIds/);
  });

  it('asking stands in the list itself, once', async () => {
    const isAsking = ({ action }: Look): boolean => action === 'list-looks';
    const before = (await own()).items.filter(isAsking).length;
    const { items } = await own();
    expect(items.filter(isAsking)).toHaveLength(before + 1);
    expect(items.map(({ action }) => action)).not.toContain('get-audit');
  });

  it('pages through all of it, each row once, and keeps to the time that was asked for', async () => {
    const { items: all } = await own('?limit=100');
    const until = all[0]?.at ?? '';
    const within = `until=${encodeURIComponent(until)}`;
    const seen: Look[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page = await own(`?limit=3&${within}${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items);
      cursor = page.next;
    }
    expect(seen.map(({ id }) => id)).toEqual(all.slice(1).map(({ id }) => id));
  });

  it('the privacy role sees the same where its organisation has to do with the person, and others nothing', async () => {
    const path = `/people/${story.personId}/looks`;
    expect((await looks(path, 'privacy')).items.length).toBeGreaterThan(5);
    expect((await looks(path, 'person', '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b')).status).toBe(404);
    expect((await looks(path, 'community-lead')).status).toBe(403);
  });

  it('everything that somebody of the organisation did, and whom it was about learns of the question', async () => {
    const { items, unanswered } = await looks(`/people/looks?by=${PERSONAS.intake.sub}`, 'privacy');
    expect(unanswered).toEqual([]);
    expect(new Set(items.map(({ sub, organisation }) => `${organisation}/${sub}`))).toEqual(
      new Set([`RZ1/${PERSONAS.intake.sub}`]),
    );
    expect(items.flatMap(({ personIds }) => personIds)).toContain(story.personId);
    expect((await own()).items.map(({ action }) => action)).toContain('list-looks-by');
    // Of another organisation nobody is told.
    expect((await looks(`/people/looks?by=${PERSONAS.gp.sub}`, 'privacy')).items).toEqual([]);
  });

  it('a service that does not answer is named, and the others are shown', async () => {
    const { flow = '' } = system.addresses;
    system.addresses['flow'] = 'http://127.0.0.1:9';
    const { status, items, unanswered } = await own();
    system.addresses['flow'] = flow;
    expect([status, unanswered]).toEqual([200, ['flow']]);
    expect(items.length).toBeGreaterThan(3);
  });

  it('a service whose simulated clock is ahead answers too: who names no time hands none on', async () => {
    for (const service of system.services.slice(1)) {
      await service.asWorker(`UPDATE simulated_clock SET now = now + interval '1 hour'`);
    }
    expect((await own()).unanswered).toEqual([]);
  });

  it('a service tells its audit to people alone', async () => {
    const [first] = system.services;
    const ask = (organisation: string) =>
      first?.as({ organisation, roles: ['service'] }).get(`/people/internal/audit?people=${story.personId}`);
    expect((await ask('flow'))?.status).toBe(403);
    expect((await ask('people'))?.status).toBe(200);
    expect((await first?.as('manager').get(`/people/internal/audit?people=${story.personId}`))?.status).toBe(403);
  });

  it('is sealed in every service', async () => {
    for (const service of system.services) {
      await eventually(async () => {
        const rows = await service.asWorker(
          'SELECT FROM audit a WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.audit_id = a.id)',
        );
        return rows.length === 0;
      });
    }
  });
});
