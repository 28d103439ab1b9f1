import { freePort } from './ports';

describe('free ports', () => {
  it('are never named twice, though the system gives back a port at once', async () => {
    const ports: number[] = [];
    for (let n = 0; n < 1_000; n += 1) ports.push(await freePort());
    expect(new Set(ports).size).toBe(1_000);
  });
});
