import { childInput, tell } from '@homeward/testing';
import { openEventLog, type EventLogConfig } from './open-log';
import type { ReceivedRecord } from './port';
import { numberOf, TOPIC } from './records.fixture';

export interface Said {
  phase: 'given' | 'taken';
  numbers: number[];
}

/** A reader that takes `batchMs` for each batch, and says when it is given one and when it has taken it. */
const input = childInput<{ log: EventLogConfig; group: string; batchMs: number }>();
const say = (phase: Said['phase'], records: ReceivedRecord[]) => tell({ phase, numbers: records.map(numberOf) });
void openEventLog(input.log).subscribe({
  group: input.group,
  topics: [TOPIC],
  onRecords: async (records) => {
    say('given', records);
    await new Promise((resolve) => setTimeout(resolve, input.batchMs));
    say('taken', records);
  },
});
