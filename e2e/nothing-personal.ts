import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDataConfig } from '@homeward/bootstrap';
import { topicOf } from '@homeward/contracts';
import { openEventLog } from '@homeward/messaging';
import { SERVICES, type System } from '../tools/start/system';

/** All that is kept or shown outside the services' own tables: the event log, every process's output, the metrics. */
export async function outsideTheTables(system: System): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const log = openEventLog(readDataConfig('e2e', system.environment()).eventLog);
  for (const service of SERVICES) {
    let text = '';
    await log.readAll(topicOf(service), (records) => {
      for (const { headers, value, key } of records) text += `${key} ${JSON.stringify(headers)} ${value}\n`;
      return Promise.resolve();
    });
    found.set(`the topic of ${service}`, text);
    const metrics = await fetch(`${system.addressOf(service)}/metrics`);
    found.set(`the metrics of ${service}`, await metrics.text());
  }
  await log.close();
  for (const file of readdirSync(join(system.folder, 'logs'))) {
    found.set(`the log ${file}`, readFileSync(join(system.folder, 'logs', file), 'utf8'));
  }
  return found;
}
