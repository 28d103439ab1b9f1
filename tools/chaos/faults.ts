import { asSuperuser } from '../../infra/local/databases';
import { SERVICES, type ServiceName, type System } from '../start/system';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What was done to the system, for the report. */
export interface FaultCounts {
  kills: number;
  /** Of those, processes that were carrying the outbox at that moment. */
  relayKills: number;
  databaseStops: number;
  brokerStops: number;
  /** From a kill until the process answered again, in milliseconds. */
  recoveries: number[];
}

/** Kills processes with SIGKILL at random moments and lets the database and the broker go and return. */
export class Faults {
  readonly counts: FaultCounts = { kills: 0, relayKills: 0, databaseStops: 0, brokerStops: 0, recoveries: [] };

  private readonly returning: Promise<void>[] = [];

  constructor(
    private readonly system: System,
    private readonly names: string[],
    private readonly random: () => number,
    private readonly say: (line: string) => void,
  ) {}

  /** `kills` kills, with the database stopped at a third of them and the broker at two thirds. */
  async run(kills: number): Promise<void> {
    for (let i = 1; i <= kills; i += 1) {
      await pause(200 + this.random() * 1_300);
      await this.killOne();
      if (i === Math.ceil(kills / 3)) await this.stopDatabase();
      if (i === Math.ceil((kills * 2) / 3)) await this.stopBroker(5_000);
    }
  }

  private async killOne(): Promise<void> {
    const relays = await this.relayPids();
    const carrying = this.names.filter((name) => relays.has(this.system.process(name).pid ?? 0));
    // Half of the kills are aimed at a process that holds a relay's lock, the others at any.
    const from = carrying.length > 0 && this.random() < 0.5 ? carrying : this.names;
    const name = from[Math.floor(this.random() * from.length)] as string;
    const process = this.system.process(name);
    if (carrying.includes(name)) this.counts.relayKills += 1;
    await process.kill();
    this.counts.kills += 1;
    await pause(this.random() * 500);
    process.start();
    const began = Date.now();
    const back = process.answers(120_000).then(
      () => void this.counts.recoveries.push(Date.now() - began),
      (error: Error) => this.say(`${name} did not come back: ${error.message.split('\n')[0]}`),
    );
    this.returning.push(back);
    // Mostly the next is killed when this one is back, else little would run at all; and sometimes before.
    if (this.random() < 0.75) await back;
  }

  /** Resolves when everything that was killed answers again. */
  async allBack(): Promise<void> {
    await Promise.all(this.returning);
  }

  private async stopDatabase(): Promise<void> {
    this.say('the database is killed, and returns after 5 s');
    await this.system.killDatabase();
    await pause(5_000);
    await this.system.startDatabase();
    this.counts.databaseStops += 1;
  }

  /** On the Postgres log this cuts every connection to `event_log`; on Kafka it kills the broker. */
  async stopBroker(milliseconds: number): Promise<void> {
    this.say(`the event log goes away for ${milliseconds / 1000} s`);
    await this.system.withoutLog(() => pause(milliseconds));
    this.counts.brokerStops += 1;
  }

  private async relayPids(): Promise<Set<number>> {
    try {
      const query = `SELECT DISTINCT a.application_name AS name FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
        WHERE l.locktype = 'advisory' AND l.granted AND a.application_name LIKE 'homeward relay %'`;
      const { rows } = await asSuperuser(this.system.databaseServer, (client) => client.query<{ name: string }>(query));
      return new Set(rows.map(({ name }) => Number(name.split(' ').at(-1))));
    } catch {
      return new Set();
    }
  }
}

/** A second process of each service, which takes over what the first one drops. */
export function launchReplicas(system: System, firstPort: number): string[] {
  return SERVICES.map((service: ServiceName, i) => system.launchService(service, `${service}-2`, firstPort + i).name);
}
