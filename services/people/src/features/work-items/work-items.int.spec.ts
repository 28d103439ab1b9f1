import { Cursors } from '@homeward/http';
import { commandOf } from '@homeward/testing';
import { createPeople, STRANGER, TRUST, type People } from '../../people.fixture';
import { registered } from '../../registered.fixtures';
import { WorkItemsController } from './work-items.http';

let service: People;
let controller: WorkItemsController;
beforeAll(async () => {
  service = await createPeople();
  controller = new WorkItemsController(service.database, new Cursors('a secret of the tests'));
});
afterAll(() => service.drop());

describe('open questions about who somebody is', () => {
  const ask = async (birthDates: string[]): Promise<string[]> => {
    await registered(service.database, commandOf(TRUST));
    const asked: string[] = [];
    for (const birthDate of birthDates) {
      asked.push(await registered(service.database, commandOf(TRUST), { birthDate }));
    }
    return asked;
  };

  it('are not told to who only registered somebody: that there is one says that the number is known', async () => {
    await ask(['2001-03-01']);
    expect((await controller.list(commandOf(TRUST), {})).items).toEqual([]);
  });

  it('are listed page by page, each once, with ids only, to who supports them', async () => {
    const asked = await ask(['2001-03-02', '2001-03-03', '2001-03-04']);
    for (const id of asked) await service.relate(id);
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
