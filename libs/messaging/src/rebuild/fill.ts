import { sourceOf } from '@homeward/contracts';
import type { Statement } from '@homeward/persistence';
import {
  loadParked,
  MAY_PARK,
  park,
  type ParkedStreams,
  parkedOf,
  type Parking,
  addParked,
} from '../parked/parked-rows';
import { loadEvents } from '../parked/parked-stream';
import { applyParked } from '../parked/redrive-subscription';
import { eventOf, handle, isBehind } from '../reader/batch';
import { BEHIND, isOwnFailure, kindOf } from '../reader/failure';
import { topicsOf, wants } from '../reader/followers';
import { type Incoming, streamKey, type StreamId, streamsOf } from '../reader/incoming';
import { holdReader, raiseInbox, type Taken, takenOf, takeNext } from '../reader/inbox';
import type { Active } from '../reader/installed';
import { failureOf, inSavepoint } from '../reader/one-by-one';
import type { Connection } from '../transaction';

/** A projection's next tables, and who fills them. */
export interface Filling {
  /** `homeward.<service>.<projection>@<generation>`: its rows in the inbox. */
  reader: string;
  /** The service's reader; nothing above its inbox rows is taken. */
  live: string;
  /** The projection under the name `<projection>@<generation>`, for what parks meanwhile, and its next schema. */
  active: Active;
}

const loadInbox = (reader: string, streams: StreamId[]): Statement => ({
  text: `SELECT source, stream, last_sequence FROM inbox WHERE reader = $1
    AND (source, stream) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
  values: [reader, streams.map(({ source }) => source), streams.map(({ stream }) => stream)],
});

/** Streams of the projection's topics that the live reader has taken further than the next tables have. */
export async function streamsBehind(connection: Connection, { reader, live, active }: Filling): Promise<Taken> {
  const sources = topicsOf([active.subscription]).map((topic) => sourceOf(topic.split('.')[1] ?? ''));
  const [rows = []] = await connection.send({
    text: `SELECT l.source, l.stream, l.last_sequence FROM inbox l
      LEFT JOIN inbox n ON n.reader = $2 AND n.source = l.source AND n.stream = l.stream
      WHERE l.reader = $1 AND l.source = ANY ($3) AND l.last_sequence > coalesce(n.last_sequence, 0)`,
    values: [live, reader, sources],
  });
  return takenOf(rows);
}

/**
 * Takes events up to the live reader's rows, in the connection's transaction. What fails parks, as it would live. Who fills
 * the same tables, because an earlier rebuild lost its lock and does not know yet, waits for one lock: a lock of each row
 * would write it twice.
 */
export async function fill(connection: Connection, filling: Filling, events: readonly Incoming[]): Promise<void> {
  const { reader, live, active } = filling;
  const streams = streamsOf(events);
  const [, filled = [], ceiling = [], parkedRows = []] = await connection.send(
    holdReader(reader),
    loadInbox(reader, streams),
    loadInbox(live, streams),
    loadParked([active.subscription.name], streams),
  );
  const top = takenOf(ceiling);
  const within = events.filter((event) => event.sequence <= (top.get(streamKey(event)) ?? 0n));
  const { fresh, gaps } = takeNext(within, takenOf(filled));
  if (gaps.length > 0) throw new Error(`The log lacks events of ${gaps.length} streams that the live reader has taken`);
  if (fresh.length === 0) return;
  const parked = parkedOf(parkedRows);
  const wanted = fresh.filter((event) => wants(active.subscription, event));
  const parkings = (await fitsTogether(connection, active, wanted, parked))
    ? []
    : await oneByOne(connection, active, wanted, parked);
  await connection.send(raiseInbox(reader, fresh), ...(parkings.length > 0 ? [park(parkings)] : []));
}

async function fitsTogether(
  connection: Connection,
  active: Active,
  wanted: readonly Incoming[],
  parked: ParkedStreams,
): Promise<boolean> {
  if (wanted.length === 0) return true;
  if (wanted.some((event) => isBehind(active.subscription, event, parked))) return false;
  const error = await inSavepoint(connection, async () =>
    handle(active.subscription, connection, wanted.map(eventOf), active.schema),
  );
  if (error !== undefined && kindOf(error) === 'infrastructure') throw error;
  return error === undefined;
}

async function oneByOne(
  connection: Connection,
  active: Active,
  wanted: readonly Incoming[],
  parked: ParkedStreams,
): Promise<Parking[]> {
  const parkings: Parking[] = [];
  const { name } = active.subscription;
  for (const event of wanted) {
    const behind = isBehind(active.subscription, event, parked);
    const reason = behind ? BEHIND : await failureOf(active, connection, event);
    if (reason === undefined) continue;
    parkings.push({ subscription: name, event, reason });
    addParked(parked, name, event);
  }
  return parkings;
}

/** After a pass: what came too early is tried again, until nothing moves. More failures than a few: the code is broken. */
export async function settleParked(connection: Connection, { active }: Filling): Promise<void> {
  const { name } = active.subscription;
  for (let moved = true; moved;) {
    moved = false;
    const [heads = []] = await connection.send({
      text: `SELECT DISTINCT ON (source, stream) source, stream, reason FROM parked_event WHERE subscription = $1
        ORDER BY source, stream, sequence`,
      values: [name],
    });
    const broken = heads.filter(({ reason }) => isOwnFailure(String(reason)));
    if (broken.length > MAY_PARK)
      throw new Error(`${name} fails for ${broken.length} streams: ${String(broken[0]?.['reason'])}`);
    for (const head of heads) {
      const stream = head as unknown as StreamId;
      const [rows = []] = await connection.send(loadEvents(name, stream, 1_000));
      const { applied } = await applyParked(connection, active, stream, rows);
      moved ||= applied > 0;
    }
  }
}
