import { PolicyOverrides } from '@homeward/policy';
import { createTestService, type Client, type TestService } from '@homeward/testing/service';
import { flow } from '../../flow.module';

const DECIDED = {
  icb: 'QZ1',
  rule: 'T-16',
  from: '2026-04-01',
  until: null,
  kind: 'WD' as const,
  length: 'P10D',
  source: 'Board paper 14',
};
const SHA256 = 'ab'.repeat(32);

describe('GET /policy/rules', () => {
  let service: TestService;
  let manager: Client;
  beforeAll(async () => {
    service = await createTestService(flow, { overrides: new PolicyOverrides([DECIDED], SHA256), simulated: true });
    manager = service.as('manager');
  });
  afterAll(() => service.stop());

  const ruleIn = async (query: string, id: string) => {
    const answer = await manager.get(`/policy/rules${query}`);
    expect(answer.status).toBe(200);
    return answer.body.items.find((rule: { id: string }) => rule.id === id);
  };

  it('answers the rules as they are on a day, with their standing and what boards decided', async () => {
    expect(await ruleIn('?on=2020-01-01', 'T-06')).toMatchObject({ standing: 'superseded' });
    expect(await ruleIn('?on=2026-12-14', 'T-16')).toMatchObject({ standing: 'local-example', decided: [DECIDED] });
    expect(await ruleIn('?on=2026-12-14&icb=QZ2', 'T-16')).toMatchObject({ decided: [] });
    expect(await ruleIn('?on=2026-12-14', 'T-01')).toMatchObject({ inForce: false, isNationalRequirement: false });
  });

  it('takes today unless a day is given, on the clock that the service goes by', async () => {
    const now = new Date('2030-06-30T23:30:00Z');
    const { body } = await manager.get('/policy/rules', { now });
    expect(body).toMatchObject({ on: '2030-07-01', overridesSha256: SHA256 });
  });

  it.each(['?on=tomorrow', '?on=2026-02-30', '?icb=qz 1', '?since=2026-01-01'])('refuses %s', async (query) => {
    expect((await manager.get(`/policy/rules${query}`)).status).toBe(400);
  });

  it('leaves a row of who asked, about nobody', async () => {
    await manager.get('/policy/rules');
    const rows = await service.asWorker<{ person_ids: string[] }>(
      `SELECT person_ids FROM audit WHERE action = 'list-policy-rules' AND outcome = 'read'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.person_ids).toEqual([]);
  });

  it('is shown by readiness: which file the replica goes by', async () => {
    const { body } = await manager.get('/health/ready');
    expect(body.checks.policy).toEqual({ status: 'ok', overrides: 1, sha256: SHA256 });
  });
});
