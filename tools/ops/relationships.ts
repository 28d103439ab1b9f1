import { rebuildRelationships } from '@homeward/auth';
import type { Command } from './command';
import { withService } from './opened';
import { serviceNamed } from './services';

/** Stands before `rebuild <projection>`: relationships are no projection, and every service has them. */
export const rebuildRelationshipsCommand: Command = {
  name: 'rebuild relationships',
  usage: '<service>',
  summary: 'Makes who may see whom anew from the log, as far as other services say it.',
  details: `Wanted when a release declares rights for a type of event that the service has passed by already. Requests go on;
the service's projections wait until it is done. Rights from the service's own events are left alone.`,
  async run([service = '']) {
    const { before, after, changed } = await withService(serviceNamed(service), (opened) =>
      rebuildRelationships({ ...opened, service }),
    );
    console.log(`${before} relationships before, ${after} after: ${changed ? 'they differ' : 'the same'}.`);
  },
};
