import { eventually } from '@homeward/testing';
import {
  clientOf,
  environmentFor,
  prepareService,
  startServiceProcess,
  TINY_MAIN,
  tinyService,
  tokenOf,
  type ServiceProcess,
} from '@homeward/testing/service';
import { createServer, connect, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';

describe('the process of a service', () => {
  let prepared: Awaited<ReturnType<typeof prepareService>>;
  let running: ServiceProcess | undefined;
  beforeAll(async () => {
    prepared = await prepareService(tinyService);
  });
  afterEach(async () => {
    await running?.end('SIGKILL');
    running = undefined;
  });
  afterAll(() => prepared.drop());

  const start = (env: Record<string, string> = {}): ServiceProcess =>
    (running = startServiceProcess(TINY_MAIN, { ...environmentFor(prepared.config), TELEMETRY: 'off', ...env }));

  it('ends with 1 and says all that is wrong with its configuration', async () => {
    const service = start({ DATABASE_PORT: 'x', SECRET: 'short', PEOPLE_URL: '' });
    expect(await service.ended()).toBe(1);
    for (const name of ['DATABASE_PORT', 'SECRET', 'PEOPLE_URL']) expect(service.output()).toContain(name);
    expect(service.output()).not.toContain('short');
  });

  it('waits for a database that is not up yet, says so, and starts when it is', async () => {
    const { host, port } = prepared.config.database;
    const gate = await gateTo(host, port);
    const service = start({ DATABASE_PORT: String(gate.port) });
    await eventually(() => service.output().includes('boot.waiting'));
    await gate.open();
    expect((await fetch(`${await service.url()}/health/ready`)).status).toBe(200);
    await service.end('SIGKILL');
    await gate.close();
  });

  it('finishes the request in hand when it is told to stop, takes no other, and ends with 0', async () => {
    const service = start();
    const url = await service.url();
    const client = clientOf(url, tokenOf(prepared.issuer, 'manager'));
    await client.post('/teams', { name: 'x' });
    const inHand = slowPost(url, tokenOf(prepared.issuer, 'manager'));
    await inHand.begun;
    const end = service.end('SIGTERM');
    await eventually(() => service.output().includes('service.stopping'));
    await eventually(
      async () =>
        await fetch(`${url}/health/live`).then(
          () => false,
          () => true,
        ),
    );
    inHand.finish();
    expect(await inHand.status).toBe(201);
    expect(await end).toBe(0);
  });

  it('does not wait for it at a second signal', async () => {
    const service = start();
    const inHand = slowPost(await service.url(), tokenOf(prepared.issuer, 'manager'));
    await inHand.begun;
    service.child.kill('SIGTERM');
    await eventually(() => service.output().includes('service.stopping'));
    expect(await service.end('SIGTERM')).toBe(1);
    await inHand.status.catch(() => undefined);
  });
});

/** A way to a server that is closed at first. */
async function gateTo(host: string, port: number) {
  let gate: Server | undefined;
  const reserved = createServer();
  await new Promise<void>((resolve) => reserved.listen(0, '127.0.0.1', resolve));
  const { port: own } = reserved.address() as AddressInfo;
  await new Promise((resolve) => reserved.close(resolve));
  return {
    port: own,
    open: () =>
      new Promise<void>((resolve) => {
        gate = createServer((inward) => {
          const outward = connect(port, host);
          for (const socket of [inward, outward]) socket.on('error', () => undefined);
          inward.pipe(outward).pipe(inward);
        });
        gate.listen(own, '127.0.0.1', resolve);
      }),
    close: () => new Promise((resolve) => gate?.close(resolve)),
  };
}

/** A request whose body does not end before `finish`. */
function slowPost(url: string, token: string) {
  const { hostname, port } = new URL(url);
  const body = JSON.stringify({ name: 'slow' });
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (text) => (answer += text.toString()));
  const status = new Promise<number>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => resolve(Number([...answer.matchAll(/^HTTP\/1.1 (\d+)/gm)].at(-1)?.[1])));
  });
  const head = [
    'POST /teams HTTP/1.1',
    `Host: ${hostname}`,
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    'Idempotency-Key: 0a3c1d52-5b0e-4f0e-8a51-0000000000aa',
    `Content-Length: ${body.length}`,
    'Connection: close',
    'Expect: 100-continue',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  // The server has taken the request when it asks for the body.
  const begun = eventually(() => answer.startsWith('HTTP/1.1 100'));
  return { begun, finish: () => socket.write(body), status };
}
