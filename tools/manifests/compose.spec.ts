import { readConfig } from '@homeward/bootstrap';
import { openPools } from '@homeward/persistence';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkoutRoot } from '../../infra/local/checkout';
import { SEGMENTS } from '../../services/gateway/src/routes';
import { readConfig as readGatewayConfig } from '../../services/gateway/src/config';
import { commands } from '../ops/commands';
import { SERVICES } from '../ops/services';
import { gatewayVariables, serviceVariables, TELEMETRY } from '../reference/configuration';
import { infraFile } from './manifests';

interface Container {
  image?: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  networks: string[];
  depends_on?: Record<string, unknown> | string[];
  healthcheck?: { test: string[] };
}
interface Compose {
  services: Record<string, Container>;
  volumes: Record<string, unknown>;
}

const text = infraFile('docker-compose.yml');
const page = infraFile('docs', 'how-to', 'run-in-containers.md');
const VARIABLE = /\$\{(\w+):-([^}]*)\}/g;
const compose = parse(text.replace(VARIABLE, '$2'), { merge: true }) as Compose;
const container = (name: string): Container => compose.services[name]!;
const names = SERVICES.map(({ name }) => name);
const exists = (path: string): boolean => existsSync(join(checkoutRoot(), path));

describe('docker-compose.yml', () => {
  it('runs every service, and every program that it names is there', () => {
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining([...names, 'gateway']));
    const programs = text.match(/\b(services|infra|tools)\/[\w/-]+\.js\b/g) ?? [];
    expect(programs.length).toBeGreaterThan(names.length);
    expect(programs.filter((program) => !exists(program.replace(/\.js$/, '.ts')))).toEqual([]);
    for (const name of names) expect(container(name).command).toEqual([`services/${name}/src/main.js`]);
  });

  it('prepares by commands that `ops` has', () => {
    const [, steps = ''] = /for step in (.+?); do/.exec(String(container('prepare').command)) ?? [];
    const asked = [...steps.matchAll(/"([^"]+)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
    expect(asked).toEqual(['databases', 'migrate', 'log init']);
    expect(commands.map(({ name }) => name)).toEqual(expect.arrayContaining(asked));
  });

  it('waits only for containers, and mounts only volumes and files, that are there', () => {
    for (const { depends_on: waited = [], volumes = [] } of Object.values(compose.services)) {
      const others = Array.isArray(waited) ? waited : Object.keys(waited);
      expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(others));
      const sources = volumes.map((volume) => String(volume.split(':')[0]));
      const missing = sources.filter((one) => (one.startsWith('.') ? !exists(one) : !(one in compose.volumes)));
      expect(missing).toEqual([]);
    }
  });

  const telemetry = TELEMETRY.map(([name]) => name);

  it.each(names)('sets for %s what it reads, and it is right', (name) => {
    const environment = container(name).environment ?? {};
    const known = [...serviceVariables().keys(), ...telemetry];
    expect(known).toEqual(expect.arrayContaining(Object.keys(environment)));
    const config = readConfig(name, {
      PORT: '8080',
      ...environment,
      SERVICE_KEY_FILE: __filename,
      AUDIT_KEY_FILE: __filename,
    });
    expect(new URL(config.peopleUrl).hostname).toBe('people');
    expect([config.database.host, config.eventLog]).toEqual(['postgres', expect.objectContaining({ kind: 'kafka' })]);
  });

  it('sets for the gateway what it reads, and it is right', () => {
    const environment = container('gateway').environment ?? {};
    expect([...gatewayVariables().keys(), ...telemetry]).toEqual(expect.arrayContaining(Object.keys(environment)));
    const { services } = readGatewayConfig({ PORT: '8080', ...environment });
    expect(services).toEqual(Object.fromEntries(Object.keys(SEGMENTS).map((name) => [name, `http://${name}:8080`])));
  });

  it('shows nothing to other machines', () => {
    const ports = Object.values(compose.services).flatMap((one) => one.ports ?? []);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('takes its variables from the shell, as the page says, each with its default', () => {
    const taken = new Map([...text.matchAll(VARIABLE)].map(([, name, otherwise]) => [name, otherwise]));
    const row = /^\|[^|\n]*?`?(?:[\w.:/]+:)?(\d+)?`?\s*\|[^|\n]*\|\s*`([A-Z_]+_PORT)`\s*\|$/gm;
    const ports = [...page.matchAll(row)].map(([, port, name]) => [name, port] as const);
    const others = [...page.matchAll(/^\| `([A-Z_]+)`\s*\| (?:`([^`]*)`|one for development)/gm)];
    const told = new Map([...ports, ...others.map(([, name, value]) => [name, value ?? taken.get('SECRET')] as const)]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(taken));
  });
});

describe('PostgreSQL', () => {
  /** The relay and the sealer have one of their own each. */
  const { app, worker } = openPools({ service: 'flow', host: 'nowhere', port: 1, password: '' });
  const ofProcess = app.options.max + worker.options.max + 2;
  const ofOperator = 20;

  it('is of the version that the pages and the services ask for', () => {
    expect(container('postgres').image).toMatch(/postgres:18\./);
    for (const file of ['run-on-a-cluster.md', 'run-in-containers.md']) {
      expect(infraFile('docs', 'how-to', file)).toContain('PostgreSQL 18');
    }
  });

  it('lets in two of each service, and an operator', () => {
    const [, most] = /max_connections=(\d+)/.exec(text) ?? [];
    expect(Number(most)).toBeGreaterThanOrEqual(2 * names.length * ofProcess + ofOperator);
  });

  it('on a cluster: the page counts on as many connections as a process opens', () => {
    const [, told] =
      /(\d+) connections for each process/.exec(infraFile('docs', 'how-to', 'run-on-a-cluster.md')) ?? [];
    expect(Number(told)).toBeGreaterThanOrEqual(ofProcess);
    expect(Number(told)).toBeLessThanOrEqual(ofProcess + 2);
  });
});
