import { Client, type ClientConfig } from 'pg';

/** Where the server is and how its superuser logs in. */
export interface ServerAddress {
  host: string;
  port: number;
  user: string;
  password: string;
}

export type Role = 'owner' | 'app' | 'worker';

/** PostgreSQL's name for a service: `support-register` is `support_register`. */
export function databaseName(service: string): string {
  return service.replaceAll('-', '_');
}

export function roleName(service: string, role: Role): string {
  return `${databaseName(service)}_${role}`;
}

/** Runs `work` as the superuser, on a connection of its own. */
export async function asSuperuser<T>(
  server: ServerAddress,
  work: (client: Client) => Promise<T>,
  database = 'postgres',
): Promise<T> {
  const { host, port, user, password } = server;
  const client = new Client({ host, port, user, password, database });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * The three roles of a service, if they do not exist yet: `_owner` runs migrations, `_app` serves requests under
 * row-level security, `_worker` (relay, reader) passes by it. The owner may become the worker by `SET ROLE`, for
 * migrations that touch rows, and inherits nothing from it.
 * @param password of the three roles
 */
export async function createRoles(server: ServerAddress, service: string, password = server.password): Promise<void> {
  const [owner, app, worker] = [roleName(service, 'owner'), roleName(service, 'app'), roleName(service, 'worker')];
  await asSuperuser(server, async (client) => {
    await client.query('BEGIN');
    // Suites run side by side on one server, and CREATE ROLE knows no IF NOT EXISTS.
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('homeward.roles'))`);
    const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [owner]);
    if (rowCount === 0) {
      const login = `LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${client.escapeLiteral(password)}`;
      await client.query(`CREATE ROLE ${owner} ${login} NOBYPASSRLS`);
      await client.query(`CREATE ROLE ${app} ${login} NOBYPASSRLS`);
      await client.query(`CREATE ROLE ${worker} ${login} BYPASSRLS`);
      await client.query(`GRANT ${worker} TO ${owner} WITH INHERIT FALSE, SET TRUE`);
    }
    await client.query('COMMIT');
  });
}

/** Makes the database of a service, open to its three roles only. False: it was there already. */
export async function createDatabase(
  server: ServerAddress,
  name: string,
  service: string,
  extensions: string[] = ['btree_gist'],
): Promise<boolean> {
  const roles = (['app', 'worker'] as const).map((role) => roleName(service, role)).join(', ');
  const created = await asSuperuser(server, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount !== 0) return false;
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} OWNER ${roleName(service, 'owner')}`);
    await client.query(`REVOKE ALL ON DATABASE ${client.escapeIdentifier(name)} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${client.escapeIdentifier(name)} TO ${roles}`);
    return true;
  });
  await asSuperuser(
    server,
    async (client) => {
      for (const extension of extensions) await client.query(`CREATE EXTENSION IF NOT EXISTS ${extension}`);
    },
    name,
  );
  return created;
}

/** How a role of a service connects to `database`. */
export function connectionAs(server: ServerAddress, service: string, role: Role, database: string): ClientConfig {
  const { host, port, password } = server;
  return { host, port, password, user: roleName(service, role), database };
}
