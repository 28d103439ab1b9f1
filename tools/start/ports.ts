import { execFileSync } from 'node:child_process';
import { isPortFree } from '../../infra/local/ports';

/** One block from the gateway's port: services in the order of the design's table, then what they stand on. */
export interface PortBlock {
  gateway: number;
  people: number;
  referrals: number;
  flow: number;
  issuer: number;
  postgres: number;
  kafka: number;
  kafkaController: number;
}

const OFFSETS: Record<keyof PortBlock, number> = {
  gateway: 0,
  people: 1,
  referrals: 2,
  flow: 7,
  issuer: 20,
  postgres: 21,
  kafka: 22,
  kafkaController: 23,
};

export const blockFrom = (first: number): PortBlock =>
  Object.fromEntries(Object.entries(OFFSETS).map(([name, offset]) => [name, first + offset])) as unknown as PortBlock;

/** The first block from `first` on, in steps of 100, that is free as a whole; says what holds the ones passed over. */
export async function freeBlock(first: number, say: (line: string) => void): Promise<PortBlock> {
  for (let port = first; port < 65_000; port += 100) {
    const block = blockFrom(port);
    const taken = await firstTaken(Object.values(block));
    if (taken === undefined) return block;
    say(`Port ${taken} is taken by ${holderOf(taken)}; trying ${port + 100} …`);
  }
  throw new Error('No free set of ports was found.');
}

async function firstTaken(ports: number[]): Promise<number | undefined> {
  for (const port of ports) if (!(await isPortFree(port))) return port;
  return undefined;
}

/** The program that listens on a port, as far as the system tells. */
function holderOf(port: number): string {
  for (const [command, args, pattern] of [
    ['ss', ['-Hltnp', `sport = :${port}`], /users:\(\("([^"]+)",pid=(\d+)/],
    ['lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fcp'], /p(\d+)\nc(.+)/],
  ] as const) {
    try {
      const said = execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      const [, a, b] = pattern.exec(said) ?? [];
      if (a !== undefined && b !== undefined) return command === 'ss' ? `${a} (process ${b})` : `${b} (process ${a})`;
    } catch {
      continue;
    }
  }
  return 'another program';
}
