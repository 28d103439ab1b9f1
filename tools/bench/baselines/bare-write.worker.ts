import { connectionOf, type DatabaseConfig } from '@homeward/persistence';
import { Pool } from 'pg';
import { closedLoop } from '../closed-loop';
import { offer } from '../worker';

/**
 * The least that changes a row safely: lock it, decide, change it; named statements, one after the other as each waits
 * for the last. No order, no event, no audit, no replay. As many connections as a service has.
 */
let pool: Pool;
let ids: string[] = [];

async function command(): Promise<void> {
  const id = ids[Math.floor(Math.random() * ids.length)];
  const client = await pool.connect();
  try {
    await client.query({ name: 'begin', text: 'BEGIN' });
    const { rows } = await client.query<{ version: number }>({
      name: 'lock',
      text: 'SELECT id, person_id, status, version FROM bare_case WHERE id = $1 FOR UPDATE',
      values: [id],
    });
    const { rowCount } = await client.query({
      name: 'change',
      text: 'UPDATE bare_case SET status = $3, changed_at = $4, version = version + 1 WHERE id = $1 AND version = $2',
      values: [id, rows[0]?.version, 'changed', new Date()],
    });
    if (rowCount !== 1) throw new Error('it was changed by somebody else');
    await client.query({ name: 'commit', text: 'COMMIT' });
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

offer({
  open: async (config: DatabaseConfig) => {
    pool = new Pool({ ...connectionOf(config, 'app'), max: 8 });
    ids = (await pool.query<{ id: string }>('SELECT id FROM bare_case')).rows.map(({ id }) => id);
  },
  run: ({ clients, seconds }: { clients: number; seconds: number }) => closedLoop(clients, seconds, command),
});
