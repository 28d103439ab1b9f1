import { readDataConfig } from '@homeward/bootstrap';
import { openEventLog } from '@homeward/messaging';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_PASSWORD } from '../../infra/local/postgres';
import { SERVICES } from '../start/system';
import { checkAccountability, readAccountability } from './check-accountability';
import { checkDatabases } from './check-databases';
import { checkJournal, readJournal } from './check-journal';
import { checkOrder, countEvents, readLog } from './check-log';
import { Scratch } from './scratch';

/**
 * A process of its own that believes the callers' journal and the log, and holds everything else against them: waits
 * until all has come to rest, then looks. Writes what it found beside the journal.
 */
async function main(folder: string): Promise<void> {
  const { eventLog, database } = readDataConfig('chaos', process.env);
  const { host, port } = database;
  const databases = new Map(SERVICES.map((service) => [service, readDataConfig(service, process.env).database]));
  const violations: string[] = [];
  const judge = async (what: string, check: () => Promise<string[]>): Promise<void> => {
    const began = performance.now();
    const found = await check();
    violations.push(...found);
    console.log(`${what}: ${found.length} violations (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  };
  await judge('all comes to rest', () => checkDatabases.rest(databases));
  const scratch = await Scratch.open({ host, port, user: 'postgres', password: LOCAL_PASSWORD });
  const commands = await readJournal(join(folder, 'journal.jsonl'), scratch);
  await judge('every event keeps its schema', async () => {
    const log = openEventLog(eventLog);
    const found = await readLog(log, SERVICES, scratch);
    await log.close();
    await scratch.index();
    return found.first;
  });
  await judge('first occurrences are in order', () => checkOrder(scratch));
  await judge('each accepted command has its events and effects once', () => checkJournal(scratch));
  await judge('services and log have the same events', () => checkDatabases.outboxes(databases, scratch));
  await judge('projections equal their rebuilds', () => checkDatabases.projections(databases));
  const flow = databases.get('flow');
  if (flow) await readAccountability(flow, scratch);
  await judge('one accountable team, always', () => checkAccountability(scratch));
  const counted = await countEvents(scratch);
  await scratch.close();
  console.log(`checked ${commands} accepted commands against ${counted.events} events (${counted.repeats} repeats)`);
  for (const violation of violations.slice(0, 30)) console.log(`VIOLATION ${violation}`);
  writeFileSync(join(folder, 'checked.json'), JSON.stringify({ ...counted, violations: violations.length }));
  process.exit(violations.length === 0 ? 0 : 1);
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  console.error(error);
  process.exit(99);
});
