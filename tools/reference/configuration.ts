import { variablesOf } from '@homeward/bootstrap';
import { readConfig as readGatewayConfig } from '../../services/gateway/src/config';
import { SEGMENTS } from '../../services/gateway/src/routes';
import { SERVICES } from '../ops/services';

type Defaults = ReadonlyMap<string, string | undefined>;

/** What each variable is for. Names and defaults come from the code that reads them; a test compares the two. */
export const SERVICE_MEANINGS: Record<string, string> = {
  ISSUER: 'Whose tokens are taken: the issuer’s address; its keys are found by its discovery document',
  CLOCK: '`system`; `simulated` for demonstrations, only with the development issuer',
  LOG_LEVEL: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`',
  HOST: 'The address to listen on',
  PORT: 'The port to listen on',
  DATABASE_HOST: 'Where PostgreSQL 18 answers',
  DATABASE_PORT: 'Its port',
  DATABASE_PASSWORD: 'The password of the service’s three roles, `<service>_owner`, `_app` and `_worker`',
  DATABASE_NAME: 'The service’s own database',
  EVENT_LOG: '`postgres` or `kafka`',
  EVENT_LOG_DATABASE: 'The database of the Postgres log, on the same server',
  KAFKA_BROKERS: 'With `EVENT_LOG=kafka`: `host:port`, separated by commas',
  KAFKA_PREFIX: 'Stands before every topic and group, where several systems share a cluster',
  KAFKA_TLS: '`on` or `off`; `NODE_EXTRA_CA_CERTS` names a file with an authority of your own',
  KAFKA_USERNAME: 'SASL (SCRAM-SHA-512): who signs in to Kafka; nobody does without',
  KAFKA_PASSWORD: 'and the password',
  AUDIENCE: 'The audience that a token must name',
  SERVICE_KEY_FILE: 'The private key by which the service gets its own token',
  AUDIT_KEY_FILE:
    'The private Ed25519 key (JWK) that the service’s audit is signed with, its own; the same in all replicas',
  PEOPLE_URL: 'Where the service `people` answers',
  SERVICES: 'Where each service answers, as for the gateway: `people` asks all of them who looked',
  SECRET:
    'At least 32 characters; keys for cursors, fingerprints and the like are derived from it. The same in all replicas',
  POLICY_OVERRIDES: 'A file of YAML with what integrated care boards decided: `npm run ops -- policy explain --help`',
};

export const GATEWAY_MEANINGS: Record<string, string> = {
  PORT: 'The port to listen on',
  HOST: 'The address to listen on',
  RATE_LIMIT: 'Requests a minute of one caller',
  SERVICES: `Where each service answers: \`${Object.keys(SEGMENTS).join('=http://…,')}=http://…\``,
};

/** Read where a process starts, by all of them. */
export const TELEMETRY: [name: string, otherwise: string, meaning: string][] = [
  ['OTEL_EXPORTER_OTLP_ENDPOINT', '', 'Where spans go; without it they are made and go nowhere'],
  ['OTEL_SERVICE_NAME', 'the service’s name', 'The name in traces and metrics'],
  ['TELEMETRY', 'on', '`off`: no traces, no `traceparent` in events, no `/metrics`'],
];

/** `docs/reference/configuration.md`: what a process reads from its environment. */
export function configurationPage(): string {
  return [
    '# Configuration',
    'Made from the code that reads the environment; `npm run ops -- reference` writes it anew, and a test fails when it is',
    'old. A process says at its start all that is missing or wrong, at once, and never repeats a value.',
    '`npm start` sets all of these for one machine.',
    '',
    '## A service',
    `${SERVICES.map(({ name }) => name).join(', ')}. \`npm run ops\` reads the part about database and log.`,
    '',
    ...table(serviceVariables(), SERVICE_MEANINGS),
    '## The gateway',
    ...table(gatewayVariables(), GATEWAY_MEANINGS),
    '## All of them',
    ...rows(TELEMETRY),
  ].join('\n');
}

/** On both logs; `<service>` stands for the service's name. */
export function serviceVariables(): Defaults {
  const logs = ['postgres', 'kafka'].map((EVENT_LOG) => variablesOf('<service>', { EVENT_LOG }));
  return new Map(logs.flatMap((variables) => [...variables]));
}

export function gatewayVariables(): Defaults {
  const read = new Set<string>();
  const enough = {
    PORT: '1',
    SERVICES: Object.keys(SEGMENTS)
      .map((name) => `${name}=http://it`)
      .join(),
  };
  const watched = new Proxy<Record<string, string>>(enough, {
    get: (env, name: string) => (read.add(name), env[name]),
  });
  const { host, rateLimit } = readGatewayConfig(watched);
  const defaults: Record<string, string> = { HOST: host, RATE_LIMIT: String(rateLimit) };
  return new Map([...read].map((name) => [name, defaults[name]]));
}

const table = (variables: Defaults, meanings: Record<string, string>): string[] =>
  rows([...variables].map(([name, otherwise]) => [name, otherwise ?? '**has to be set**', meanings[name] ?? '']));

const rows = (cells: [name: string, otherwise: string, meaning: string][]): string[] => [
  '| variable | unless set | |',
  '| --- | --- | --- |',
  ...cells.map(([name, otherwise, meaning]) => `| \`${name}\` | ${otherwise.replace(/^<.+>$/, '`$&`')} | ${meaning} |`),
  '',
];
