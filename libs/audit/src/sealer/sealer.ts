import { Backoff, Leadership, Wait, type EventLog } from '@homeward/messaging';
import type { Client, ClientConfig } from 'pg';
import { appendSigned } from '../heads/heads';
import type { SigningKey } from '../heads/signing-key';
import { recordedAt, type RecordedRow } from '../recorded-row';
import { keepHead, readState, type ChainState } from './chain-state';
import { Horizons, type Horizon } from './horizons';
import { lowestIdAt, sealRows, unsealedBehind } from './seal-rows';

export interface SealerOptions {
  service: string;
  /** How `<s>_worker` connects to the service's database. */
  connection: ClientConfig;
  log: EventLog;
  key: SigningKey;
  /** Told of what is tried again: the log or the database away. */
  onTrouble?: (error: Error) => void;
  /** A minute. */
  signEveryMs?: number;
}

const EVERY_MS = 1_000;
const SIGN_EVERY_MS = 60_000;
const BATCH = 1_000;

/**
 * A row is recorded within a transaction, which ends within 30 s: twice as long after a time, all that was recorded
 * before it is there to be seen.
 */
const LATE_MS = 60_000;
/** Most rows commit at once. How far a round looks back, and how often one looks back to where all is settled. */
const QUICK_MS = 3_000;
const THOROUGH_EVERY_MS = 20_000;

/**
 * Chains the audit, behind the commands and not in them (a chain there costs three quarters of their rate). Rows commit
 * in another order than they were recorded in: the order of sealing is what the chain keeps. A row that commits late is
 * still found; one that was put in with an earlier time is not sealed, and stays for `ops audit verify` to tell.
 */
export class Sealer {
  private readonly leadership: Leadership;
  private readonly wait = new Wait();
  private readonly backoff = new Backoff();
  private running: Promise<void> | undefined;
  private stopped = false;
  private state: ChainState | undefined;
  private horizons = new Horizons();
  /** Of the last round that came to the end. */
  private reached: Horizon = { at: new Date(0), xid: '0' };
  private lookedBack = -Infinity;
  private signedAt = -Infinity;

  constructor(private readonly options: SealerOptions) {
    this.leadership = new Leadership(options.connection, 'sealer');
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wait.end();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const pause = await this.round().catch((error: Error) => this.failed(error));
      if (!this.stopped) await this.wait.pause(pause);
    }
    await this.leadership.release();
  }

  private async round(): Promise<number> {
    const client = await this.leadership.take();
    if (!client) return EVERY_MS;
    this.state ??= await this.begin(client);
    await this.seal(client, this.state);
    this.backoff.reset();
    if (this.isToBeSigned(this.state))
      await this.sign(client, this.state).catch((error: Error) => this.signLater(error));
    return EVERY_MS;
  }

  private async begin(client: Client): Promise<ChainState> {
    const state = await readState(client, this.options.service);
    this.horizons = new Horizons(state.horizon);
    this.reached = { at: new Date(0), xid: '0' };
    this.lookedBack = -Infinity;
    return state;
  }

  private async seal(client: Client, state: ChainState): Promise<void> {
    const horizon = await horizonNow(client);
    const isThorough = performance.now() - this.lookedBack >= THOROUGH_EVERY_MS;
    const recent = new Date(this.reached.at.getTime() - QUICK_MS);
    let behind = lowestIdAt(isThorough || recent < state.until ? state.until : recent);
    for (let isFull = true; isFull && !this.stopped;) {
      const found = await unsealedBehind(client, behind, BATCH);
      const genuine = found.filter((row) => !this.isPutIn(row, state));
      if (genuine.length > 0) state.last = await sealRows(client, state.last, genuine);
      behind = found.at(-1)?.id ?? behind;
      isFull = found.length === BATCH;
    }
    if (this.stopped) return;
    this.reached = horizon;
    this.horizons.add(horizon);
    if (!isThorough) return;
    this.lookedBack = performance.now();
    state.until = new Date(Math.max(horizon.at.getTime() - LATE_MS, state.until.getTime()));
    this.horizons.forgetBefore(state.until);
  }

  private isPutIn(row: RecordedRow, { until }: ChainState): boolean {
    return recordedAt(row) < until.getTime() || this.horizons.tellsPutIn(row);
  }

  private isToBeSigned({ last, signed }: ChainState): boolean {
    const { signEveryMs = SIGN_EVERY_MS } = this.options;
    return last.seq !== signed && performance.now() - this.signedAt >= signEveryMs;
  }

  private async sign(client: Client, state: ChainState): Promise<void> {
    const { service, log, key } = this.options;
    const { last, until } = state;
    const { at, xid } = this.reached;
    const reach = { seq: String(last.seq), hash: last.hash.toString('hex') };
    const times = { until: until.toISOString(), at: at.toISOString() };
    await appendSigned(log, key, { kind: 'head', service, ...reach, ...times, xid });
    await keepHead(client, last.seq, until, this.reached);
    state.signed = last.seq;
    this.signedAt = performance.now();
  }

  /** Sealing goes on while the log is away; at the next turn more is signed at once. */
  private signLater(error: Error): void {
    this.options.onTrouble?.(error);
    this.signedAt = performance.now();
  }

  /** What an interrupted statement did is read again, not remembered. The lock goes with a connection that fails. */
  private async failed(error: Error): Promise<number> {
    this.options.onTrouble?.(error);
    this.state = undefined;
    if (!(await this.leadership.alive())) await this.leadership.release();
    return this.backoff.next();
  }
}

/** An id of its own is drawn after the statement's time, so it is above all that were drawn before. */
async function horizonNow(client: Client): Promise<Horizon> {
  const { rows } = await client.query<Horizon>('SELECT statement_timestamp() AS at, pg_current_xact_id()::text AS xid');
  const [horizon] = rows;
  if (!horizon) throw new Error('the database does not say the time');
  return horizon;
}
