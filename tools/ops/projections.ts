import { RELATIONSHIPS, rebuildRelationships } from '@homeward/auth';
import type { ServiceDefinition } from '@homeward/bootstrap';
import { compareProjection, RebuildDiffers, rebuildProjection } from '@homeward/messaging';
import { Misuse, table, type Command } from './command';
import { withService } from './opened';
import { serviceNamed } from './services';

const rebuild: Command = {
  name: 'rebuild',
  usage: '<service> <projection> [--accept]',
  summary: 'Makes a projection’s tables anew from the log and puts them in the place of the live ones.',
  details: `Requests and readers go on meanwhile. Where the two differ, the difference is printed and the live tables stay,
unless --accept is given. A projection that went stale within its generation needs no --accept: that it differs is why
it is rebuilt. One whose generation was raised does: read the difference first.

The projection may be \`relationships\`, which every service has: who may see whom, as far as other services say it.
The service's projections wait until that is done.`,
  options: { accept: { type: 'boolean' } },
  async run([service, name = ''], { accept }) {
    const definition = serviceNamed(service);
    if (name === RELATIONSHIPS) return rebuildRights(definition);
    requireProjection(definition, name);
    try {
      const done = await withService(definition, (opened) =>
        rebuildProjection(opened, name, { accept: accept === true }),
      );
      console.log(`${name} is rebuilt, generation ${done.generation}.`);
      if (done.differences.length > 0) console.log(differencesOf(done.differences));
      return true;
    } catch (error) {
      if (!(error instanceof RebuildDiffers)) throw error;
      console.log(differencesOf(error.differences));
      console.log('The live tables stay. Look at the rows; then run it again with --accept.');
      return false;
    }
  },
};

const compare: Command = {
  name: 'compare',
  usage: '<service> <projection>',
  summary: 'Says whether a projection’s live tables are what the log gives now. Changes nothing.',
  async run([service, name = '']) {
    const definition = serviceNamed(service);
    requireProjection(definition, name);
    const found = await withService(definition, (opened) => compareProjection(opened, name));
    console.log(found.length === 0 ? `${name} is what the log gives.` : differencesOf(found));
    return found.length === 0;
  },
};

export const projectionCommands: Command[] = [rebuild, compare];

/** Every projection of a service against its rebuild, for checkers. */
export async function compareProjections(
  service: string,
): Promise<{ name: string; onlyLive: number; onlyRebuilt: number }[]> {
  const definition = serviceNamed(service);
  return withService(definition, async (opened) => {
    const compared = [];
    for (const { name } of definition.projections) {
      const found = await compareProjection(opened, name);
      const onlyLive = found.reduce((sum, difference) => sum + difference.onlyLive, 0);
      const onlyRebuilt = found.reduce((sum, difference) => sum + difference.onlyRebuilt, 0);
      compared.push({ name, onlyLive, onlyRebuilt });
    }
    return compared;
  });
}

function requireProjection({ name: service, projections }: ServiceDefinition, name: string): void {
  if (projections.some((projection) => projection.name === name)) return;
  throw new Misuse(
    `${service} has no projection "${name}": ${projections.map((one) => one.name).join(', ') || 'none'}.`,
  );
}

async function rebuildRights(definition: ServiceDefinition): Promise<boolean> {
  const { before, after, changed } = await withService(definition, (opened) => rebuildRelationships(opened));
  console.log(`${before} relationships before, ${after} after: ${changed ? 'they differ' : 'the same'}.`);
  return true;
}

type Differences = Awaited<ReturnType<typeof compareProjection>>;

/** Numbers and columns; the rows themselves are for the database's own tools. */
const differencesOf = (found: Differences): string =>
  table(
    found.map(({ table: name, onlyLive, onlyRebuilt, columns }) => ({
      table: name,
      'only live': onlyLive,
      'only rebuilt': onlyRebuilt,
      'columns gone': columns.onlyLive.join(', '),
      'columns new': columns.onlyRebuilt.join(', '),
    })),
    'No difference.',
  );
