import type { Client, ClientConfig } from 'pg';
import { RefusedForGood, type EventLog } from '../log/port';
import { Backoff, Wait } from '../log/wait';
import { Floor } from './floor';
import { Leadership } from './leadership';
import { asRecord, byTopic, deletePublished, markPublished, unpublished, type OutboxRow } from './outbox';
import { forgetRefusal, refuse } from './status';

export interface RelayOptions {
  /** How `<s>_worker` connects to the service's database. */
  connection: ClientConfig;
  log: EventLog;
  /** Told of what is tried again: the log or the database away, a row refused. */
  onTrouble?: (error: Error) => void;
}

export interface RelaySnapshot {
  leading: boolean;
  /** Rows sent and marked by this process. */
  published: number;
  /** Why the last round failed; undefined when it did not. */
  failure: string | undefined;
}

const BATCH = 500;
/**
 * Between rounds that found rows: under load a round of a few events costs as much as one of many. It rests as long as it
 * worked, so that those who commit have most of the processor, on the slower of two logs too.
 */
const GATHER_MS = { least: 3, most: 10 };
const STANDBY_MS = 500;
const LIVELY_MS = 10;
const QUIET_MS = 100;
const LIVELY_FOR_MS = 2_000;
const REFUSED_MS = 2_000;
const KEPT_DAYS = 7;
const CLEANING = { every: 60_000, rows: 5_000 };

/**
 * Brings the outbox into the log, in the order of positions. Reads, sends, waits until it is safe, marks, goes on: a
 * crash anywhere in between repeats rows and loses none. Short statements; no transaction is open while it sends.
 */
export class Relay {
  private readonly leadership: Leadership;
  private readonly wait = new Wait();
  private readonly backoff = new Backoff();
  private floor = new Floor();
  private stopped = false;
  private running: Promise<void> | undefined;
  private lastRow = -Infinity;
  private cleaned = -Infinity;
  private published = 0;
  private failure: string | undefined;
  private refusing = true; // a refusal may be left from the leader before us

  constructor(private readonly options: RelayOptions) {
    this.leadership = new Leadership(options.connection, 'relay');
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the batch that is out, gives up the lock. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wait.end();
    await this.running;
  }

  /** There is something to send: called after each commit of this process. */
  nudge(): void {
    if (this.leadership.leading && this.failure === undefined) this.wait.end();
  }

  snapshot(): RelaySnapshot {
    return { leading: this.leadership.leading, published: this.published, failure: this.failure };
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const pause = await this.round().catch((error: Error) => this.failed(error));
      if (pause > 0 && !this.stopped) await this.wait.pause(pause);
    }
    await this.leadership.release();
  }

  /** One batch; answers how long to wait before the next. */
  private async round(): Promise<number> {
    const begun = performance.now();
    const client = await this.leadership.take();
    if (!client) return STANDBY_MS;
    const { rows } = await client.query<OutboxRow>(unpublished(this.floor.at(performance.now()), BATCH));
    if (rows.length > 0) await this.publish(client, rows);
    this.failure = undefined;
    this.backoff.reset();
    if (rows.length === BATCH) return 0;
    if (rows.length > 0) return this.gather(performance.now() - begun);
    await this.clean(client);
    return performance.now() - this.lastRow < LIVELY_FOR_MS ? LIVELY_MS : QUIET_MS;
  }

  /** The nudges that come meanwhile are answered by the next round. */
  private async gather(worked: number): Promise<number> {
    const rest = Math.min(Math.max(GATHER_MS.least, worked), GATHER_MS.most);
    await new Promise((resolve) => setTimeout(resolve, rest));
    return 0;
  }

  private async publish(client: Client, rows: OutboxRow[]): Promise<void> {
    try {
      await this.send(rows);
    } catch (error) {
      if (!(error instanceof RefusedForGood)) throw error;
      await this.publishUpToTheRefused(client, rows);
      return;
    }
    await this.mark(client, rows);
  }

  private async send(rows: OutboxRow[]): Promise<void> {
    for (const [topic, own] of byTopic(rows)) await this.options.log.append(topic, own.map(asRecord));
  }

  private async mark(client: Client, rows: OutboxRow[]): Promise<void> {
    await client.query(markPublished(rows));
    if (this.refusing) await client.query(forgetRefusal);
    this.refusing = false;
    this.published += rows.length;
    this.lastRow = performance.now();
    for (const { position } of rows) this.floor.published(BigInt(position), this.lastRow);
  }

  /** Finds which row it is by sending one by one; nothing behind it is sent. */
  private async publishUpToTheRefused(client: Client, rows: OutboxRow[]): Promise<void> {
    for (const row of rows) {
      try {
        await this.send([row]);
      } catch (error) {
        if (error instanceof RefusedForGood) await client.query(refuse(row.position, error.message));
        if (error instanceof RefusedForGood) this.refusing = true;
        throw error;
      }
      await this.mark(client, [row]);
    }
  }

  private async clean(client: Client): Promise<void> {
    if (performance.now() - this.cleaned < CLEANING.every) return;
    const { rowCount } = await client.query(deletePublished(KEPT_DAYS, CLEANING.rows));
    if ((rowCount ?? 0) < CLEANING.rows) this.cleaned = performance.now();
  }

  /** The lock goes with a connection that fails; a log that is away costs us neither. */
  private async failed(error: Error): Promise<number> {
    this.failure = error.message;
    this.options.onTrouble?.(error);
    if (error instanceof RefusedForGood) return REFUSED_MS;
    if (!(await this.leadership.alive())) {
      await this.leadership.release();
      this.floor = new Floor();
    }
    return this.backoff.next();
  }
}
