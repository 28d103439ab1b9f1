import { topicOf } from '@homeward/contracts';
import { openEventLog, type EventLogConfig } from '@homeward/messaging';
import { offer } from '../worker';

/** Another process that hears what referrals says, and notes when it received each event. */
const arrivals: [id: string, at: number][] = [];

offer({
  open: async (config: EventLogConfig) => {
    const subscription = await openEventLog(config).subscribe({
      group: 'bench.probe',
      topics: [topicOf('referrals')],
      onRecords: (records) => {
        const at = Date.now() + 1; // the clock shows whole milliseconds: not earlier than it was
        for (const { headers } of records) arrivals.push([headers['ce_id'] ?? '', at]);
        return Promise.resolve();
      },
    });
    for (let tries = 0; (await subscription.lag().catch(() => 1n)) > 0n && tries < 300; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
  },
  count: () => arrivals.length,
  arrivals: () => arrivals,
});
