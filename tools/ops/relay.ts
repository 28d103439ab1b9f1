import { readDataConfig } from '@homeward/bootstrap';
import { relayStatus } from '@homeward/messaging';
import { openPools } from '@homeward/persistence';
import { table, type Command } from './command';
import { servicesNamed } from './services';

export const relayCommand: Command = {
  name: 'relay status',
  usage: '[service …]',
  summary: 'How many events wait to be published, for how long, whether a relay leads, and a row that the log refuses.',
  async run(names) {
    const rows = [];
    for (const { name } of servicesNamed(names)) rows.push(await statusOf(name));
    console.log(table(rows, 'There is no service.'));
  },
};

async function statusOf(service: string): Promise<Record<string, unknown>> {
  const pools = openPools(readDataConfig(service, process.env).database);
  try {
    const { unpublished, oldestSeconds, led, refused } = await relayStatus(pools.worker);
    return {
      service,
      unpublished,
      'oldest (s)': Math.round(oldestSeconds),
      led: led ? 'yes' : 'NO',
      'refused position': refused?.position,
      'refused event': refused?.eventId,
      type: refused?.type,
      reason: refused?.reason,
      since: refused?.since,
    };
  } finally {
    await pools.end();
  }
}
