import { encode, partitionOf, referralReceived, sourceOf, topicOf, type EventEnvelope } from '@homeward/contracts';
import { uuidv4, uuidv7 } from '@homeward/kernel';
import {
  installProjections,
  openEventLog,
  rebuildProjection,
  type EventLog,
  type EventLogConfig,
  type LogRecord,
} from '@homeward/messaging';
import { openPools, type DatabaseConfig, type Pools } from '@homeward/persistence';
import { journey } from '../../../services/flow/src/features/journey/journey.projection';
import { offer } from '../worker';

const TOPIC = topicOf('referrals');
const EVENTS_EACH = 10;
const AT_ONCE = 5_000;

let config: DatabaseConfig;
let pools: Pools;
let log: EventLog;

function received(personId: string, sequence: number): LogRecord {
  const stream = `person/${personId}`;
  const at = new Date().toISOString();
  const event: EventEnvelope = {
    id: uuidv7(),
    source: sourceOf('referrals'),
    type: referralReceived.type,
    subject: `referral/${uuidv4()}`,
    time: at,
    occurredat: at,
    partitionkey: stream,
    sequence: BigInt(sequence),
    dataschema: 'https://homeward.example/schemas/bench/0.json',
    correlationid: uuidv7(),
    actorrole: 'referrer',
    personid: personId,
    data: referralReceived.example,
  };
  return { partition: partitionOf(stream), key: stream, ...encode(event) };
}

/** Batches of one, as an apply that is not set-based would have them. */
const oneByOne = (whole: EventLog): EventLog =>
  Object.assign(Object.create(whole) as EventLog, {
    readAll: (topic: string, onRecords: Parameters<EventLog['readAll']>[1]) =>
      whole.readAll(topic, async (records) => {
        for (const record of records) await onRecords([record]);
      }),
  });

offer({
  open: async (input: { config: DatabaseConfig; log: EventLogConfig }) => {
    config = input.config;
    pools = openPools(config);
    log = openEventLog(input.log);
    await installProjections({ config, worker: pools.worker, log, projections: [journey] });
  },
  /** So many events in the log, and the live reader as far as them. */
  fill: async (events: number) => {
    const people = Array.from({ length: events / EVENTS_EACH }, () => uuidv4());
    for (let sequence = 1; sequence <= EVENTS_EACH; sequence += 1) {
      for (let from = 0; from < people.length; from += AT_ONCE)
        await log.append(
          TOPIC,
          people.slice(from, from + AT_ONCE).map((person) => received(person, sequence)),
        );
    }
    await pools.worker.query(
      `INSERT INTO inbox (reader, source, stream, last_sequence)
        SELECT 'homeward.flow', $1, 'person/' || person, $2 FROM unnest($3::text[]) AS person`,
      [sourceOf('referrals'), EVENTS_EACH, people],
    );
  },
  /** Answers events a second; of the whole, with the comparison of what is live. */
  rebuild: async ({ events, single, accept }: { events: number; single: boolean; accept: boolean }) => {
    const begin = performance.now();
    const options = { config, worker: pools.worker, log: single ? oneByOne(log) : log, projections: [journey] };
    await rebuildProjection(options, 'journey', { accept });
    return (events * 1_000) / (performance.now() - begin);
  },
});
