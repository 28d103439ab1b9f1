import { catalogue, encode, partitionOf, type EventEnvelope } from '@homeward/contracts';
import { uuidv7 } from '@homeward/kernel';
import type { EventLog, ReceivedRecord } from '@homeward/messaging';
import { testServer } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkAccountability } from './check-accountability';
import { checkJournal, readJournal } from './check-journal';
import { checkOrder, countEvents, readLog } from './check-log';
import { Scratch } from './scratch';

const person = randomUUID();
const team = randomUUID();
const RECEIVED = 'homeward.referrals.referral.received.v1';
const ACCEPTED = 'homeward.referrals.referral.accepted.v1';
const OPENED = 'homeward.flow.episode.opened.v1';

const at = (minute: number): string => `2026-11-25T09:${String(minute).padStart(2, '0')}:00.000000Z`;

/** An event of the person, as its contract's example has it. */
function event(type: string, sequence: number, about: Partial<EventEnvelope> = {}): EventEnvelope {
  return {
    ...{ id: uuidv7(), source: `/homeward/${type.split('.')[1]}`, type, subject: `referral/${team}` },
    ...{ time: at(sequence), occurredat: at(sequence), partitionkey: `person/${person}`, sequence: BigInt(sequence) },
    ...{ dataschema: type, correlationid: randomUUID(), actorrole: 'intake', personid: person },
    data: catalogue.get(type)?.example,
    ...about,
  };
}

const received = event(RECEIVED, 1);
const accepted = event(ACCEPTED, 2);
const opened = event(OPENED, 1, {
  ...{ causationid: accepted.id, occurredat: accepted.occurredat },
  data: { ...(catalogue.get(OPENED)?.example as object), teamId: team },
});

/** A log that holds these, in this order. */
function logOf(events: EventEnvelope[]): EventLog {
  const readAll: EventLog['readAll'] = (topic, onRecords) => {
    const records = events
      .filter(({ type }) => type.startsWith(`${topic}.`))
      .map((one, i): ReceivedRecord => {
        const key = one.partitionkey;
        return { topic, partition: partitionOf(key), offset: BigInt(i), key, ...encode(one) };
      });
    return onRecords(records);
  };
  return { readAll } as EventLog;
}

let scratch: Scratch;
beforeEach(async () => {
  scratch = await Scratch.open(testServer());
});
afterEach(() => scratch.close());

const read = (events: EventEnvelope[]) => readLog(logOf(events), ['referrals', 'flow'], scratch);

async function journalOf(...entries: { kind: string; correlationId: string }[]): Promise<void> {
  const file = join(tmpdir(), `journal-${randomUUID()}.jsonl`);
  writeFileSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  await readJournal(file, scratch);
}

const accountable = (from: string, until: string | null, who = team) =>
  scratch.put('accountability', [{ person, team: who, from, until }]);

describe('the checker', () => {
  it('finds nothing where all is well, repeats included', async () => {
    expect(await read([received, accepted, received, accepted, opened])).toMatchObject({ count: 0 });
    await journalOf({ kind: 'refer-by-id', correlationId: received.correlationid });
    await accountable(accepted.occurredat, null);
    expect(await checkOrder(scratch)).toEqual([]);
    expect(await checkJournal(scratch)).toEqual([]);
    expect(await checkAccountability(scratch)).toEqual([]);
    expect(await countEvents(scratch)).toEqual({ events: 3, repeats: 2, people: 1 });
  });

  it('sees first occurrences out of order, a gap, and a sequence given twice', async () => {
    await read([accepted, received]);
    expect(await checkOrder(scratch)).toHaveLength(2);
    await read([event(OPENED, 2)]);
    expect(await checkOrder(scratch)).toHaveLength(3);
    await read([event(RECEIVED, 1)]);
    expect(await checkOrder(scratch)).toContainEqual(expect.stringContaining('several events of sequence 1'));
  });

  it('sees data that do not keep their schema', async () => {
    expect(await read([{ ...received, data: {} }])).toMatchObject({ count: 1 });
  });

  it('sees an accepted command without its event', async () => {
    await journalOf({ kind: 'refer-by-id', correlationId: randomUUID() });
    expect(await checkJournal(scratch)).toEqual([expect.stringContaining('has 0 of')]);
  });

  it('sees an acceptance without an effect, and with two', async () => {
    await read([received, accepted]);
    expect(await checkJournal(scratch)).toEqual([expect.stringContaining('had 0 effects')]);
    await read([opened, { ...opened, id: uuidv7(), sequence: 2n }]);
    expect(await checkJournal(scratch)).toContainEqual(expect.stringContaining('had 2 effects'));
  });

  it.each([
    ['nobody', async () => undefined],
    ['another team', () => accountable(accepted.occurredat, null, randomUUID())],
    ['the team, but later', () => accountable(at(3), null)],
    ['the team, but not any more', () => accountable(accepted.occurredat, at(5))],
  ])('sees that flow holds %s accountable', async (_, keep) => {
    await read([received, accepted, opened]);
    await keep();
    expect(await checkAccountability(scratch)).not.toEqual([]);
  });
});
