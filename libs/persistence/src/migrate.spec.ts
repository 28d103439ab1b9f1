import type { Pool } from 'pg';
import { checkSchema } from './migrate';

it('a database older than PostgreSQL 18 is refused', async () => {
  const old = { query: () => Promise.resolve({ rows: [{ v: 170_006 }] }) } as unknown as Pool;
  await expect(checkSchema(old, [])).rejects.toThrow('PostgreSQL 18 or later');
});
