import { uuidv7 } from '@homeward/kernel';
import { createDeadlines, type Deadlines } from '../deadlines.fixture';
import { loadDeadlines, loadOpenDeadlines, loadSteps, miss, reachSteps, settle } from '../repository';

let service: Deadlines;
beforeAll(async () => {
  service = await createDeadlines();
});
afterAll(() => service.drop());

const ID = uuidv7();
const MET = { id: ID, version: 1, status: 'met', settledAt: new Date() } as never;

/** A session keeps the plan that it made while the table was new: one that reads all that runs gets slower with each. */
it.each([
  ['of one thing', loadDeadlines('referral/1').text, 'deadline_subject'],
  ['of people', loadOpenDeadlines([ID]).text, 'deadline_person'],
  ['one that is settled', settle([MET])[0]?.text, 'deadline_pkey'],
  ['its steps', settle([MET])[1]?.text, 'deadline_steps'],
  ['one that is missed', miss(MET, new Date()).text, 'deadline_pkey'],
  ['steps that are loaded', loadSteps(ID).text, 'deadline_steps'],
  ['steps that are reached', reachSteps(ID, new Date()).text, 'deadline_steps'],
])('a plan of an empty table finds by one index: %s', async (_, text, index) => {
  const rows = await service.asApp<{ 'QUERY PLAN': string }>('RZ1', `EXPLAIN (GENERIC_PLAN) ${text}`);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  const used = [...plan.matchAll(/(?:Scan using|Bitmap Index Scan on) (deadline_\w+)/g)].map(([, name]) => name);
  expect(used).toEqual([index]);
});
