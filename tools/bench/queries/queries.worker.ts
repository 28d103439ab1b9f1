import { systemClock, uuidv7 } from '@homeward/kernel';
import { Database, openPools, type DatabaseConfig, type RequestContext, type Row } from '@homeward/persistence';
import { quantile } from '../figures';
import { offer } from '../worker';
import { tenQueries, type TenthQuery } from './ten-queries';

/** Asks as a service does: `read()`, with the caller's principal and an audit row. */
const caller = {
  organisation: 'RZ0',
  sub: '0a3c1d52-5b0e-4f0e-8a51-000000000002',
  teams: [],
  roles: ['intake', 'coordinator'],
  purpose: 'direct-care',
};
const context = (): RequestContext => ({
  principal: caller,
  role: 'coordinator',
  action: 'bench',
  route: 'bench',
  correlationId: uuidv7(),
});
let databases: Record<string, Database>;
let queries: TenthQuery[];

const draw = (below: number): number => Math.floor(Math.random() * below);

const ask = ({ name, owner, statement, as }: TenthQuery): Promise<Row[]> =>
  (databases[owner] as Database)
    .read<Row>(context(), statement(caller, draw), { subject: 'bench', people: false, as })
    .catch((cause: unknown) => {
      throw new Error(`${name}: ${String(cause)}`, { cause });
    });

offer({
  /** Answers the names, each with how many rows its answer has: none would be quick and prove nothing. */
  open: async (input: { people: number; configs: Record<string, DatabaseConfig> }) => {
    databases = Object.fromEntries(
      Object.entries(input.configs).map(([name, config]) => {
        const { app, worker } = openPools(config);
        return [name, new Database({ service: name, app, worker, clock: systemClock })];
      }),
    );
    queries = tenQueries(input.people, []);
    const first = queries.find(({ name }) => name === 'worklist, first page') as TenthQuery;
    let last: Row | undefined;
    for (let page = 1; page < 50; page += 1) {
      const by = last ? [last['severity'], (last['received_at'] as Date).toISOString(), last['id']] : undefined;
      const next = tenQueries(input.people, by ?? []).find(({ name }) => name === 'worklist, page 50') as TenthQuery;
      last = (await ask(by ? next : first))[49] ?? last;
    }
    const after = [last?.['severity'], (last?.['received_at'] as Date).toISOString(), last?.['id']];
    queries = tenQueries(input.people, after);
    const rows: [string, number][] = [];
    for (const query of queries) rows.push([query.name, (await ask(query)).length]);
    return rows;
  },
  /** `as` the role that row-level security does not bind, to see what it costs. */
  p99: async ({ name, times, as }: { name: string; times: number; as?: 'worker' }) => {
    const one = queries.find((query) => query.name === name) as TenthQuery;
    const query = as ? { ...one, as } : one;
    const took: number[] = [];
    for (let n = 0; n < times; n += 1) {
      const begin = performance.now();
      await ask(query);
      took.push(performance.now() - begin);
    }
    return quantile(took, 0.99);
  },
});
