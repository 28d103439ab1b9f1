import { SERVICES, type ServiceName, type System } from '../start/system';
import type { PortBlock } from '../start/ports';
import { pause, pick, type Random } from './random';

/** Where a second and a third process of each service listen. */
const SECOND = 30;
const THIRD = 50;

/** The processes that come and go. Whoever ends is started again, as an orchestrator does. */
export class Fleet {
  readonly names: string[];
  /** Processes that ended without having been killed, and were started again. */
  endedByThemselves = 0;

  /** Nobody is started again any more. */
  closed = false;

  private readonly taken = new Set<string>();

  private constructor(
    private readonly system: System,
    private readonly ports: PortBlock,
    names: string[],
  ) {
    this.names = names;
  }

  /**
   * Each service and the gateway get a second process. The second gateway leads to the second processes, so that both of
   * each take requests, and a command that is sent again may meet another process than the first time.
   */
  static async launch(system: System, ports: PortBlock): Promise<Fleet> {
    const second = (service: ServiceName) => `http://127.0.0.1:${ports[service] + SECOND}`;
    for (const service of SERVICES) {
      const env = { PORT: String(ports[service] + SECOND), PEOPLE_URL: second('people') };
      system.launchService(service, `${service}-2`, env);
    }
    const services = SERVICES.map((service) => `${service}=${second(service)}`).join(',');
    system.launchGateway('gateway-2', { PORT: String(ports.gateway + SECOND), SERVICES: services });
    const seconds = [...SERVICES, 'gateway'].map((name) => `${name}-2`);
    await Promise.all(seconds.map((name) => system.process(name).answers()));
    return new Fleet(system, ports, [...SERVICES, 'gateway', ...seconds]);
  }

  get gateways(): string[] {
    return [this.ports.gateway, this.ports.gateway + SECOND].map((port) => `http://127.0.0.1:${port}`);
  }

  /** Both processes of a service, asked past the gateway. */
  addressesOf(service: ServiceName): string[] {
    return [this.ports[service], this.ports[service] + SECOND].map((port) => `http://127.0.0.1:${port}`);
  }

  process(name: string) {
    return this.system.process(name);
  }

  /** A third process of the service, which joins its reading groups; `end` makes it leave. */
  thirdOf(service: ServiceName) {
    const port = this.ports[service] + THIRD;
    return this.system.launchService(service, `${service}-3`, { PORT: String(port) });
  }

  /** One that nobody else has taken, of `wanted` if there is any; undefined when all are taken. */
  take(random: Random, wanted: readonly string[] = []): string | undefined {
    const free = this.names.filter((name) => !this.taken.has(name));
    const name = pick(
      random,
      free.filter((one) => wanted.includes(one)),
    );
    const chosen = name ?? pick(random, free);
    if (chosen !== undefined) this.taken.add(chosen);
    return chosen;
  }

  giveBack(name: string): void {
    this.taken.delete(name);
  }

  /** Starts it, again and again if it must be, until it is ready; the gateway's own readiness is that of the others. */
  async bringBack(name: string): Promise<void> {
    const process = this.system.process(name);
    for (let wait = 250; !this.closed; wait = Math.min(wait * 2, 2_000)) {
      if (!process.running) process.start();
      while (process.running && !this.closed) {
        if (await process.isReady(name.startsWith('gateway') ? '/health/live' : '/health/ready')) return;
        await pause(50);
      }
      await pause(wait);
    }
  }

  /** Looks once a second for one that ended by itself, until it is closed. */
  async supervise(): Promise<void> {
    while (!this.closed) {
      await pause(1_000);
      if (this.closed) return;
      for (const name of this.names) {
        if (this.taken.has(name) || this.system.process(name).running) continue;
        this.endedByThemselves += 1;
        this.taken.add(name);
        void this.bringBack(name).finally(() => this.giveBack(name));
      }
    }
  }

  async allReady(): Promise<void> {
    await Promise.all(this.names.map((name) => this.bringBack(name)));
  }
}
