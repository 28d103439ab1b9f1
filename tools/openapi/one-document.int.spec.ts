import { startTestIssuer, type TestIssuer } from '../../libs/testing/src/issuer';
import { createTestService, type TestService } from '../../libs/testing/src/service';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGateway } from '../../services/gateway/src/gateway';
import { SEGMENTS } from '../../services/gateway/src/routes';
import { SERVICES } from '../ops/services';

const CHECKOUT = join(__dirname, '../..');

interface Operation {
  operationId: string;
  description?: string;
  requestBody?: { content: Record<string, { examples?: object }> };
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
}

let issuer: TestIssuer;
let services: TestService[];
let document: { paths: Record<string, Record<string, Operation>> };
let folder: string;
let file: string;

beforeAll(async () => {
  issuer = await startTestIssuer();
  services = await Promise.all(SERVICES.map((definition) => createTestService(definition, { issuer })));
  const addresses = Object.fromEntries(SERVICES.map(({ name }, i) => [name, String(services[i]?.url)]));
  const gateway = await createGateway({ host: '', port: 0, services: addresses, rateLimit: 100 });
  const answer = await gateway.inject('/openapi.json');
  await gateway.close();
  document = answer.json();
  folder = mkdtempSync(join(tmpdir(), 'homeward-openapi-'));
  file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(document, null, 2));
});
afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()));
  await issuer.stop();
  rmSync(folder, { recursive: true, force: true });
});

const operations = (): [string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  );

/** What a linter finds, warnings too: an exit code tells of errors only. */
const lint = (command: string, ...args: string[]): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const bin = join(CHECKOUT, 'node_modules/.bin', command);
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    execFile(bin, args, { cwd: CHECKOUT, env, maxBuffer: 10_000_000 }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout));
      } catch {
        reject(error ?? new Error(stderr));
      }
    });
  });

it('is clean under redocly’s recommended rules', async () => {
  const found = (await lint('redocly', 'lint', file, '--config', 'redocly.yaml', '--format', 'json')) as {
    problems: { ruleId: string; message: string; location: { pointer?: string }[] }[];
  };
  expect(found.problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
});

it('is clean under spectral’s rules for OpenAPI', async () => {
  const found = (await lint(
    'spectral',
    'lint',
    file,
    '--ruleset',
    '.spectral.yaml',
    '--format',
    'json',
    '--quiet',
  )) as {
    code: string;
    message: string;
    path: string[];
  }[];
  expect(found.map(({ code, message, path }) => [code, message, path.join('/')])).toEqual([]);
});

it('has an example of every body and every answer', () => {
  const without = operations().filter(([, { requestBody, responses }]) => {
    const good = Object.entries(responses).filter(([status]) => status < '300');
    const answered = good.every(([, response]) => response.content?.['application/json']?.example !== undefined);
    const sent = !requestBody || requestBody.content['application/json']?.examples !== undefined;
    return !answered || !sent;
  });
  expect(without.map(([name]) => name)).toEqual([]);
});

it('names every operation once', () => {
  const ids = operations().map(([, { operationId }]) => operationId);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});

it('shows no internal route', () => {
  expect(Object.keys(document.paths).filter((path) => path.includes('/internal'))).toEqual([]);
});

it('has every segment that a service claims, and the gateway routes it there', () => {
  expect(SEGMENTS).toEqual(Object.fromEntries(SERVICES.map(({ name, segments }) => [name, segments])));
});
