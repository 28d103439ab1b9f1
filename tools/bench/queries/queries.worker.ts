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

/** What is asked, as a side of a comparison: `as` the role that row-level security does not bind, to see what it costs. */
export interface Side {
  events: number;
  as?: 'worker';
}

interface Asked {
  databases: Record<string, Database>;
  queries: TenthQuery[];
}
const opened = new Map<number, Asked>();

const draw = (below: number): number => Math.floor(Math.random() * below);

const ask = ({ databases }: Asked, { name, owner, statement, as }: TenthQuery): Promise<Row[]> =>
  (databases[owner] as Database)
    .read<Row>(context(), statement(caller, draw), { subject: 'bench', people: false, as })
    .catch((cause: unknown) => {
      throw new Error(`${name}: ${String(cause)}`, { cause });
    });

const named = ({ queries }: Asked, name: string): TenthQuery =>
  queries.find((query) => query.name === name) as TenthQuery;

/** Where the fiftieth page begins: behind the last row of the 49th. */
async function afterPage49(databases: Asked['databases'], people: number): Promise<unknown[]> {
  let after: unknown[] = [];
  for (let page = 1; page < 50; page += 1) {
    const asked = { databases, queries: tenQueries(people, after) };
    const last = (await ask(asked, named(asked, page === 1 ? 'worklist, first page' : 'worklist, page 50')))[49];
    if (last) after = [last['severity'], (last['received_at'] as Date).toISOString(), last['id']];
  }
  return after;
}

offer({
  /** Answers the names, each with how many rows its answer has: none would be quick and prove nothing. */
  open: async (input: { events: number; people: number; configs: Record<string, DatabaseConfig> }) => {
    const databases = Object.fromEntries(
      Object.entries(input.configs).map(([name, config]) => {
        const { app, worker } = openPools(config);
        return [name, new Database({ service: name, app, worker, clock: systemClock })];
      }),
    );
    const asked = { databases, queries: tenQueries(input.people, await afterPage49(databases, input.people)) };
    opened.set(input.events, asked);
    const rows: [string, number][] = [];
    for (const query of asked.queries) rows.push([query.name, (await ask(asked, query)).length]);
    return rows;
  },
  /** Each side so many times, in turn A,B,B,A; their p99 in milliseconds. */
  p99: async ({ name, times, sides }: { name: string; times: number; sides: [Side, Side] }) => {
    const asked = sides.map(({ events, as }) => {
      const of = opened.get(events) as Asked;
      const query = named(of, name);
      return { of, query: as ? { ...query, as } : query, took: [] as number[] };
    });
    for (let n = 0; n < times; n += 1) {
      for (const { of, query, took } of n % 2 === 0 ? asked : [...asked].reverse()) {
        const begin = performance.now();
        await ask(of, query);
        took.push(performance.now() - begin);
      }
    }
    return asked.map(({ took }) => quantile(took, 0.99));
  },
});
