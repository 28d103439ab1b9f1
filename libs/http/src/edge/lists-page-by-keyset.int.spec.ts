import { startEdge, type Edge } from './edge.fixture';

let edge: Edge;
beforeAll(async () => {
  edge = await startEdge();
  for (let n = 0; n < 7; n += 1) {
    await edge.send('POST', '/visits', { payload: { what: 'A visit', hours: 1 + (n % 3) } });
  }
});
afterAll(() => edge.close());

async function walk(limit: number): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = [];
  let url: string | undefined = `/visits?limit=${limit}`;
  let pages = 0;
  while (url) {
    const { body, headers } = await edge.send('GET', url);
    ids.push(...(body['items'] as { id: string }[]).map(({ id }) => id));
    pages += 1;
    url = /^<(.+)>; rel="next"$/.exec(headers['link'] ?? '')?.[1];
    expect(url === undefined).toBe(body['next'] === undefined);
  }
  return { ids, pages };
}

it('each row once, whatever the limit, by following Link', async () => {
  const all = await walk(100);
  expect([all.ids.length, all.pages]).toEqual([7, 1]);
  for (const limit of [1, 2, 3, 7]) {
    const { ids, pages } = await walk(limit);
    expect([ids, pages]).toEqual([all.ids, Math.ceil(7 / limit)]);
  }
});

it('a cursor that was tampered with, or is another organisation’s, is 400', async () => {
  const { body } = await edge.send('GET', '/visits?limit=2');
  const cursor = String(body['next']);
  const other = { headers: { authorization: 'Bearer RZ2/coordinator' } };
  for (const answer of [
    await edge.send('GET', `/visits?limit=2&cursor=x${cursor}`),
    await edge.send('GET', `/visits?limit=2&kind=home&cursor=${cursor}`),
    await edge.send('GET', `/visits?limit=2&cursor=${cursor}`, other),
  ]) {
    expect([answer.status, answer.body['code']]).toEqual([400, 'cursor-invalid']);
  }
});
