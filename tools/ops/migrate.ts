import { readDataConfig } from '@homeward/bootstrap';
import { installProjections } from '@homeward/messaging';
import { migrate } from '@homeward/persistence';
import type { Command } from './command';
import { withService } from './opened';
import { servicesNamed } from './services';

export const migrateCommand: Command = {
  name: 'migrate',
  usage: '[service …]',
  summary: 'Brings the databases of all services, or of those named, to this release.',
  details: `As the owner role of each database, under a lock: two at once wait for each other. A service of the previous
release goes on running on the new schema. New projections get their tables, filled from the log where events were taken
before; one whose generation was raised goes stale, and waits for \`rebuild\`.`,
  async run(names) {
    for (const service of servicesNamed(names)) {
      const { database } = readDataConfig(service.name, process.env);
      const done = await migrate(database, [...service.migrations]);
      const installed = await withService(service, installProjections);
      const made = installed.filter((one) => one.done !== 'there').map((one) => `${one.name} ${one.done}`);
      console.log(`${service.name}: ${[...done, ...made].join(', ') || 'nothing to do'}`);
    }
  },
};
