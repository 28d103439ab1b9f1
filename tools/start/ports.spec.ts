import { createServer, type Server } from 'node:net';
import { freeBlock } from './ports';

/** One past what a first free block was found at; so the suite runs beside others. */
const START = 26_080;

describe('a port that is taken', () => {
  let holder: Server;
  afterEach(() => new Promise((resolve) => holder.close(resolve)));

  it('moves the whole set to the next hundred, and says which port and who holds it', async () => {
    const first = await freeBlock(START, () => undefined);
    holder = createServer();
    await new Promise<void>((resolve) => holder.listen({ port: first.flow, host: '127.0.0.1' }, resolve));
    const said: string[] = [];
    const next = await freeBlock(first.gateway, (line) => said.push(line));
    expect(next.gateway).toBeGreaterThan(first.gateway);
    expect((next.gateway - first.gateway) % 100).toBe(0);
    expect(next.flow - next.gateway).toBe(first.flow - first.gateway);
    expect(said[0]).toContain(`Port ${first.flow} is taken by`);
  });
});
