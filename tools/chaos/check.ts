import { readDataConfig } from '@homeward/bootstrap';
import { openEventLog } from '@homeward/messaging';
import { SERVICES } from '../start/system';
import { checkAccountability } from './check-accountability';
import { checkDatabases } from './check-databases';
import { checkJournal, firstOccurrences } from './check-log';
import { Journal } from './journal';

/**
 * A process of its own that believes the callers' journal and the log, and holds everything else against them: waits
 * until all has come to rest, then looks. Its exit code is the number of violations, 99 at most.
 */
async function main(journalFile: string): Promise<void> {
  const { eventLog } = readDataConfig('chaos', process.env);
  const journal = Journal.read(journalFile);
  const databases = new Map(SERVICES.map((service) => [service, readDataConfig(service, process.env).database]));
  const violations: string[] = await checkDatabases.rest(databases);
  const log = openEventLog(eventLog);
  const seen = await firstOccurrences(log, [...SERVICES]);
  await log.close();
  violations.push(...seen.violations, ...checkJournal(journal, seen.events));
  violations.push(...(await checkDatabases.outboxes(databases, seen.events)));
  violations.push(...(await checkDatabases.projections(databases)));
  const flow = databases.get('flow');
  if (flow) violations.push(...(await checkAccountability(flow, seen.events)));
  console.log(
    `checked ${journal.length} accepted commands against ${seen.events.length} events (${seen.repeats} repeats in the log)`,
  );
  for (const violation of violations.slice(0, 30)) console.log(`VIOLATION ${violation}`);
  process.exit(Math.min(violations.length, 99));
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  console.error(error);
  process.exit(99);
});
