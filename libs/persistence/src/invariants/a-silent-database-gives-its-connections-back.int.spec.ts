import { systemClock, uuidv4 } from '@homeward/kernel';
import { startTcpProxy, type TcpProxy } from '@homeward/testing';
import { Database } from '../database';
import { openPools, type Pools } from '../pools';
import { isInfrastructure } from '../retry';
import { addOne, contextOf, openNotebook, SERVICE, streamOf, TRUST, type Notebook } from './notebook.fixture';

describe('a database that falls silent', () => {
  let book: Notebook;
  let proxy: TcpProxy;
  let pools: Pools;
  let database: Database;
  beforeAll(async () => {
    book = await openNotebook();
    proxy = await startTcpProxy(book.config);
    const { host, port } = proxy;
    pools = openPools({ ...book.config, host, port }, { answerWithinMs: 500 });
    database = new Database({ service: SERVICE, ...pools, clock: systemClock });
  });
  afterAll(async () => {
    await pools.end();
    await proxy.close();
    await book.close();
  });

  const write = () => {
    const personId = uuidv4();
    return database.write(contextOf(TRUST), streamOf(personId), addOne(personId));
  };
  const everyConnection = () => Array.from({ length: 8 }, write);

  it('costs each command a moment and no connection: the next ones are served where it is now', async () => {
    await Promise.all(everyConnection());
    proxy.silence();
    const outcomes = await Promise.allSettled(everyConnection());
    const reasons = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason);
    expect(reasons.map(isInfrastructure)).toEqual(reasons.map(() => true)); // 503 to a caller, patience in a reader
    expect(pools.app.totalCount).toBe(0);
    proxy.restore();
    expect(await Promise.all(everyConnection())).toHaveLength(8);
  });

  it('is given up later than the server ends a transaction that is alive', () => {
    const usual = openPools(book.config).app.options as { query_timeout?: number; keepAlive?: boolean };
    expect(usual.query_timeout).toBeGreaterThan(30_000);
    expect(usual.keepAlive).toBe(true);
  });
});
