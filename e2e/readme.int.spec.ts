import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually, logsUnderTest } from '@homeward/testing';
import { checkoutRoot } from '../infra/local/checkout';
import { ended } from '../infra/local/processes';
import { walkThrough } from './readme';

/** What a newcomer does: `npm start`, wait until it says ready, type the README's blocks. */
describe.each(logsUnderTest())('the README, command by command, on the %s log', (log) => {
  let child: ChildProcess;
  let printed = '';

  beforeAll(async () => {
    const state = mkdtempSync(join(tmpdir(), 'homeward-readme-'));
    chmodSync(state, 0o755); // PostgreSQL may run under another account than ours
    const script = log === 'kafka' ? 'start:kafka' : 'start';
    child = spawn('npm', ['run', script, '--', '--port', '31080', '--people', '20'], {
      cwd: checkoutRoot(),
      env: { ...process.env, HOMEWARD_STATE: state, KAFKA_PREFIX: `readme-${randomBytes(4).toString('hex')}.` },
      detached: true, // a group of its own, as at a terminal
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    }
    await eventually(() => {
      if (child.exitCode !== null) throw new Error(`npm start ended:\n${printed}`);
      expect(printed).toContain('Ready.');
    }, 150_000);
  }, 180_000);

  afterAll(() => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid as number), 'SIGKILL');
  });

  it('prints the address, the documentation, a token and three answers', () => {
    expect(printed).toMatch(/Homeward +http:\/\/localhost:\d+/);
    expect(printed).toMatch(/Documentation +http:\/\/localhost:\d+\/docs/);
    expect(printed).toContain('export TOKEN=');
    expect(printed.match(/→ 200/g)).toHaveLength(3);
    if (log === 'kafka') expect(printed).toMatch(/Kafka: \S+:\d+/);
  });

  it('answers what the README says', async () => {
    const gateway = /Homeward +(http:\/\/localhost:(\d+))/.exec(printed);
    const environment = {
      ...process.env,
      HOMEWARD: gateway?.[1] ?? '',
      ISSUER: `http://localhost:${Number(gateway?.[2]) + 20}`,
    };
    const { script, expected } = walkThrough();
    const { stdout } = await promisify(execFile)('bash', ['-euc', script], { env: environment });
    let rest = stdout;
    for (const line of expected) {
      expect(rest).toContain(line);
      rest = rest.slice(rest.indexOf(line));
    }
    expect(expected.length).toBeGreaterThan(4);
  }, 60_000);

  it('serves the documentation', async () => {
    const [, gateway] = /Homeward +(http:\/\/localhost:\d+)/.exec(printed) ?? [];
    expect((await fetch(`${gateway}/docs`)).status).toBe(200);
    const document = (await (await fetch(`${gateway}/openapi.json`)).json()) as { openapi: string; paths: object };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/holders/{personId}', '/referrals', '/people']),
    );
  });

  it('stops everything in order at Ctrl-C', async () => {
    process.kill(-(child.pid as number), 'SIGINT');
    await ended(child);
    expect(printed).toContain('Stopped; the data are kept.');
    expect(printed).not.toContain('not as planned');
  }, 60_000);
});
