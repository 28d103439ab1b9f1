import type { Fleet } from './fleet';
import { between, pause, type Random } from './random';
import type { Relays } from './relays';

/** How a kill went, in milliseconds. */
export interface Kill {
  process: string;
  /** It was carrying the outbox of its service. */
  relay: boolean;
  /** From the start after the kill until it was ready. */
  recovery: number;
  /** From the kill until another process carried the outbox. */
  takeover?: number;
  /** Another fault lasted meanwhile: the database away, a slow log. */
  amid: boolean;
}

export interface KillOptions {
  fleet: Fleet;
  relays: Relays;
  random: Random;
  /** Whether another kind of fault is on now. */
  disturbed: () => boolean;
  /** So many at once are down or coming back: the next kill need not wait for the last one's recovery. */
  lanes: number;
}

/** SIGKILL of one process after the other, as fast as they come back. */
export class Kills {
  readonly done: Kill[] = [];
  private begun = 0;

  constructor(private readonly options: KillOptions) {}

  async run(wanted: number): Promise<void> {
    await Promise.all(Array.from({ length: this.options.lanes }, () => this.lane(wanted)));
  }

  private async lane(wanted: number): Promise<void> {
    while (this.begun < wanted && !this.options.fleet.closed) {
      this.begun += 1;
      await pause(between(this.options.random, 0, 500));
      await this.killOne();
    }
  }

  private async killOne(): Promise<void> {
    const { fleet, relays, random } = this.options;
    const carrying = await relays.holders();
    const carriers = fleet.names.filter((name) => [...carrying.values()].includes(fleet.process(name).pid ?? 0));
    // Half of the kills are aimed at a process that carries an outbox, the others at any.
    const name = fleet.take(random, random() < 0.5 ? carriers : []);
    if (name === undefined) throw new Error('Every process is down already.');
    const process = fleet.process(name);
    const killed = process.pid;
    const [database] = [...carrying].find(([, pid]) => pid === killed) ?? [];
    let amid = this.options.disturbed();
    const at = performance.now();
    await process.kill();
    const takenOver = database && killed ? this.takeover(database, killed, at) : undefined;
    // Mostly it is started at once; one in ten stays away for longer than the others wait for it.
    if (random() < 0.1) await pause(between(random, 500, 8_000));
    const started = performance.now();
    await fleet.bringBack(name);
    const recovery = Math.round(performance.now() - started);
    const takeover = await takenOver;
    amid ||= this.options.disturbed();
    this.done.push({ process: name, relay: database !== undefined, recovery, takeover, amid });
    fleet.giveBack(name);
  }

  /** Undefined when nobody did within a minute, as while the database is away. */
  private async takeover(database: string, killed: number, since: number): Promise<number | undefined> {
    while (performance.now() - since < 60_000) {
      const now = (await this.options.relays.holders()).get(database);
      if (now !== undefined && now !== killed) return Math.round(performance.now() - since);
      await pause(20);
    }
    return undefined;
  }
}
