import { Cursors } from '@homeward/http';
import { caller, commandOf, createServiceDatabase, type ServiceDatabase } from '@homeward/testing';
import { migrations } from '../../adapters/migrations';
import { registered } from '../../registered.fixtures';
import { WorkItemsController } from './work-items.http';

const TRUST = caller({ organisation: 'RZ1', roles: ['manager'] });
const STRANGER = caller({ organisation: 'RZ2', roles: ['manager'] });

let service: ServiceDatabase;
let controller: WorkItemsController;
beforeAll(async () => {
  service = await createServiceDatabase('people', migrations);
  controller = new WorkItemsController(service.database, new Cursors('a secret of the tests'));
});
afterAll(() => service.drop());

describe('open questions about who somebody is', () => {
  it('are listed page by page, each once, with ids only, to the organisation that they came from', async () => {
    await registered(service.database, commandOf(TRUST));
    const asked: string[] = [];
    for (const birthDate of ['2001-03-02', '2001-03-03', '2001-03-04']) {
      asked.push(await registered(service.database, commandOf(TRUST), { birthDate }));
    }
    const seen = [];
    let cursor: string | undefined;
    do {
      const page = await controller.list(commandOf(TRUST), { limit: 2, cursor });
      seen.push(...page.items);
      cursor = page.next;
    } while (cursor);
    expect(seen.map(({ personId }) => personId).sort()).toEqual([...asked].sort());
    expect(Object.keys(seen[0] ?? {})).toEqual(['id', 'kind', 'personId', 'openedAt']);
    expect((await controller.list(commandOf(STRANGER), {})).items).toEqual([]);
  });
});
