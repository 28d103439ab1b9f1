import type { Pool } from 'pg';
import type { LogSubscription, ReceivedRecord, SubscribeOptions } from '../port';
import { Backoff, Wait } from '../wait';
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
      if (said === undefined || topics.includes(said)) this.wait.end();
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
        const positions = [...this.positions.values()];
        const records = positions.length > 0 ? await read(this.pool, positions, share(positions.length)) : [];
        if (records.length > 0) await this.deliver(records, positions);
        else await this.wait.pause(POLL_MS);
        this.backoff.reset();
      } catch (error) {
        this.onTrouble(error as Error);
        await this.wait.pause(this.backoff.next());
      }
    }
  }

  private async deliver(records: ReceivedRecord[], from: Position[]): Promise<void> {
    await this.options.onRecords(records, () => this.heartbeat());
    const behind = new Map(records.map((record) => [placeOf(record), record.offset + 1n]));
    const reached = from.flatMap((position) => {
      const next = behind.get(placeOf(position));
      return next === undefined ? [] : [{ ...position, position: next }];
    });
    const moved = await this.untilItAnswers(() => this.membership.move(reached));
    for (const position of moved) this.advance(position);
    if (moved.length < reached.length) await this.heartbeat(); // taken for dead: see what is still ours
  }

  /** What was taken is not taken again only because the log's database was away just then. */
  private async untilItAnswers<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (this.stopped) throw error;
        this.onTrouble(error as Error);
        await this.wait.pause(this.backoff.next());
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
