import { createDatabase, createRoles, databaseName } from '../../infra/local/databases';
import { Misuse, type Command } from './command';
import { SERVICES } from './services';

export const databasesCommand: Command = {
  name: 'databases',
  usage: '',
  summary: 'Makes the roles and the database of each service, and of the Postgres log, where they are missing.',
  details: `On the server of DATABASE_HOST and DATABASE_PORT, as DATABASE_ADMIN (postgres) with DATABASE_ADMIN_PASSWORD. New roles get
DATABASE_PASSWORD; of a role or database that is there already nothing is changed.`,
  async run() {
    const server = {
      host: told('DATABASE_HOST', '127.0.0.1'),
      port: Number(told('DATABASE_PORT')),
      user: told('DATABASE_ADMIN', 'postgres'),
      password: told('DATABASE_ADMIN_PASSWORD'),
    };
    for (const service of [...SERVICES.map(({ name }) => name), 'event-log']) {
      await createRoles(server, service, told('DATABASE_PASSWORD'));
      const made = await createDatabase(server, databaseName(service), service);
      console.log(`${databaseName(service)}: ${made ? 'made' : 'there already'}`);
    }
  },
};

function told(name: string, otherwise?: string): string {
  const value = process.env[name] ?? otherwise;
  if (value === undefined) throw new Misuse(`${name} is missing.`);
  return value;
}
