import type { Pool } from 'pg';
import type { LogSubscription, ReceivedRecord, SubscribeOptions } from '../port';
import { Backoff, MOVE_AFTER_MS, Wait } from '../wait';
import type { Listener } from './listener';
import { Membership, placeOf, type Position } from './membership';
import { ends, read } from './read';

const HEARTBEAT_MS = 1_000;
/** Should a notification be lost. */
const POLL_MS = 500;
const BATCH = 1_000;

/** One member of a group: reads its partitions, hands them over, moves its positions behind what was taken. */
export class PostgresSubscription implements LogSubscription {
  private readonly membership: Membership;
  private readonly wait = new Wait();
  private readonly backoff = new Backoff();
  private positions = new Map<string, Position>();
  /** Partitions whose records are with `onRecords`. */
  private readonly out = new Map<string, Promise<void>>();
  /** Taken, and not moved to yet. */
  private readonly reached = new Map<string, Position>();
  private moving: Promise<void> | undefined;
  /** How often the log said that there is more. */
  private heard = 0;
  private stopped = false;
  private deaf: () => void = () => undefined;
  private beating: NodeJS.Timeout | undefined;
  private beat: Promise<void> | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly options: SubscribeOptions,
    private readonly onTrouble: (error: Error) => void,
  ) {
    this.membership = new Membership(pool, options.group, options.topics);
  }

  start(listener: Listener): void {
    const { group, topics } = this.options;
    this.deaf = listener.add((said) => {
      if (said === undefined || said === group) this.heartbeat().catch(this.onTrouble);
      if (said !== undefined && !topics.includes(said)) return;
      this.heard += 1;
      this.wait.end();
    });
    this.beating = setInterval(() => void this.heartbeat().catch(this.onTrouble), HEARTBEAT_MS);
    this.running = this.run();
  }

  async lag(): Promise<bigint> {
    const total = (rows: { position: bigint }[]): bigint => rows.reduce((sum, { position }) => sum + position, 0n);
    const reached = await this.membership.reached();
    return total(await ends(this.pool, this.options.topics)) - total(reached);
  }

  /** Lets the records that are out be taken, then leaves the group. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wait.end();
    this.deaf();
    await this.running;
    await Promise.all(this.out.values());
    await this.moving;
    clearInterval(this.beating);
    await this.beat?.catch(() => undefined);
    await this.membership.leave().catch(this.onTrouble); // else the others notice by its silence
  }

  private async run(): Promise<void> {
    let joined = false;
    while (!this.stopped) {
      try {
        if (!joined) await this.membership.join();
        if (!joined) await this.heartbeat();
        joined = true;
        await this.readOn();
        await this.wait.pause(POLL_MS);
      } catch (error) {
        this.onTrouble(error as Error);
        await this.wait.pause(this.backoff.next());
      }
    }
  }

  /** Reads the partitions that have nothing out: a slow one holds itself and no other. */
  private async readOn(): Promise<void> {
    const heard = this.heard;
    const positions = [...this.positions.values()].filter((position) => !this.out.has(placeOf(position)));
    if (positions.length === 0) return;
    const most = share(positions.length);
    const records = await read(this.pool, positions, most);
    this.backoff.reset();
    for (const position of positions) {
      const own = records.filter((record) => placeOf(record) === placeOf(position));
      const last = own.at(-1);
      if (last) this.handOver(own, { ...position, position: last.offset + 1n }, own.length === most, heard);
    }
  }

  private handOver(records: ReceivedRecord[], behind: Position, isFull: boolean, heard: number): void {
    const place = placeOf(behind);
    const free = (readOn: boolean): void => {
      this.out.delete(place);
      if (readOn) this.wait.end();
    };
    const done = this.deliver(records, behind).then(
      () => free(isFull || heard !== this.heard),
      (error: Error) => {
        this.onTrouble(error);
        setTimeout(() => free(true), this.backoff.next()).unref();
      },
    );
    this.out.set(place, done);
  }

  private async deliver(records: ReceivedRecord[], behind: Position): Promise<void> {
    await this.options.onRecords(records, () => this.heartbeat());
    this.advance(behind); // here it reads on at once
    this.reached.set(placeOf(behind), behind);
    this.moving ??= this.move().catch(this.onTrouble);
  }

  private async move(): Promise<void> {
    try {
      while (this.reached.size > 0) {
        await new Promise((resolve) => setTimeout(resolve, MOVE_AFTER_MS));
        const reached = [...this.reached.values()];
        this.reached.clear();
        const moved = await this.untilItAnswers(() => this.membership.move(reached));
        // Taken for dead: see what is still ours. Where that fails, the next heartbeat does.
        if (moved.length < reached.length) await this.heartbeat().catch(this.onTrouble);
      }
    } finally {
      this.moving = undefined;
    }
  }

  /** What was taken is not taken again only because the log's database was away just then. */
  private async untilItAnswers<T>(work: () => Promise<T>): Promise<T> {
    const backoff = new Backoff();
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (this.stopped) throw error;
        this.onTrouble(error as Error);
        await new Promise((resolve) => setTimeout(resolve, backoff.next()));
      }
    }
  }

  /** One at a time, or an older answer could come last. */
  private heartbeat(): Promise<void> {
    this.beat ??= this.membership
      .heartbeat()
      .then((mine) => {
        const before = this.positions;
        this.positions = new Map();
        for (const position of mine) {
          const known = before.get(placeOf(position));
          if (known?.epoch !== position.epoch) this.wait.end();
          this.positions.set(placeOf(position), position);
          if (known) this.advance(known);
        }
      })
      .finally(() => (this.beat = undefined));
    return this.beat;
  }

  private advance({ topic, partition, position, epoch }: Position): void {
    const known = this.positions.get(placeOf({ topic, partition }));
    if (known?.epoch === epoch && known.position < position) known.position = position;
  }
}

const share = (partitions: number): number => Math.max(20, Math.ceil(BATCH / partitions));
