import { readConfig } from '@homeward/bootstrap';
import Fastify from 'fastify';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Deployment } from 'kubernetes-types/apps/v1';
import type { Job } from 'kubernetes-types/batch/v1';
import type { ConfigMap, Container, PodSpec, Service } from 'kubernetes-types/core/v1';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import { checkoutRoot } from '../../infra/local/checkout';
import { serveHealth } from '../../libs/bootstrap/src/health';
import { readConfig as readGatewayConfig } from '../../services/gateway/src/config';
import { serveHealth as serveGatewayHealth } from '../../services/gateway/src/health';
import { commands } from '../ops/commands';
import { SERVICES } from '../ops/services';
import { gatewayVariables, serviceVariables, TELEMETRY } from '../reference/configuration';
import { documents, infraFile, KUSTOMIZATION, manifests } from './manifests';

const all = manifests();
const ofKind = <T>(kind: string): T[] => all.filter((one) => one.kind === kind) as T[];
const deployments = ofKind<Deployment>('Deployment');
const services = ofKind<Service>('Service');
const settings = ofKind<ConfigMap>('ConfigMap');
const pods = [...deployments, ...ofKind<Job>('Job')].map(({ metadata, spec }) => ({
  name: String(metadata?.name),
  labels: spec?.template.metadata?.labels ?? {},
  spec: spec?.template.spec as PodSpec,
}));
const containersOf = ({ containers, initContainers = [] }: PodSpec): Container[] => [...initContainers, ...containers];
const containers = pods.flatMap(({ spec }) => containersOf(spec));
const podOf = (name: string) => pods.find((pod) => pod.name === name)!;

/** The Secrets that the page tells how to make, each with its keys; `$service` stands for each service. */
const page = infraFile('docs', 'how-to', 'run-on-a-cluster.md');
const [, loop = ''] = /for service in ([a-z ]+); do/.exec(page) ?? [];
const secrets = new Map(
  [...page.matchAll(/create secret generic (\S+)((?:[^\n]*\\\n)*[^\n]*)/g)].flatMap(([, name = '', rest = '']) => {
    const keys = [...rest.matchAll(/--from-(?:literal|file)=([\w.]+)=/g)].map(([, key]) => key);
    const names = name.includes('$') ? loop.split(' ').map((one) => name.replace('$service', one)) : [name];
    return names.map((one) => [one, keys] as const);
  }),
);
const VALUES: Record<string, string> = { SECRET: 'made up, with more than 32 characters' };
const filled = (keys: readonly (string | undefined)[] = []) =>
  Object.fromEntries(keys.map((key) => [key, VALUES[String(key)] ?? 'made up']));

/** All that the process in a container reads: its image's variables, ConfigMaps, Secrets, its own. */
function environmentOf({ env = [], envFrom = [] }: Container): Record<string, string> {
  const from = envFrom.map(({ configMapRef, secretRef }) =>
    configMapRef
      ? settings.find(({ metadata }) => metadata?.name === configMapRef.name)?.data
      : filled(secrets.get(String(secretRef?.name))),
  );
  const own = env.map(({ name, value }) => [name, value ?? '']);
  return Object.assign({ ...imageVariables() }, ...from, Object.fromEntries(own)) as Record<string, string>;
}

function imageVariables(): Record<string, string> {
  const lines = infraFile('Dockerfile').match(/^ENV .+/gm) ?? [];
  const pairs = lines.flatMap((line) =>
    line
      .slice(4)
      .split(' ')
      .map((pair) => pair.split('=', 2)),
  );
  return Object.fromEntries(pairs) as Record<string, string>;
}

describe('what the manifests name is there:', () => {
  it('every ConfigMap', () => {
    const named = containers.flatMap(({ envFrom = [] }) =>
      envFrom.flatMap(({ configMapRef }) => configMapRef?.name ?? []),
    );
    expect(new Set(named)).toEqual(new Set(settings.map(({ metadata }) => metadata?.name)));
  });

  it('every Secret, made as the page says', () => {
    const read = containers.flatMap(({ envFrom = [] }) => envFrom.flatMap(({ secretRef }) => secretRef?.name ?? []));
    const mounted = pods.flatMap(({ spec }) => (spec.volumes ?? []).flatMap(({ secret }) => secret?.secretName ?? []));
    expect(new Set([...read, ...mounted])).toEqual(new Set(secrets.keys()));
    expect([...secrets.values()].every((keys) => keys.length > 0)).toBe(true);
  });

  it('every program, with arguments that it knows', () => {
    for (const { args = [] } of containers) {
      expect(existsSync(join(checkoutRoot(), String(args[0]).replace(/\.js$/, '.ts')))).toBe(true);
      if (args[0] === 'tools/ops/main.js') expect(commands.map(({ name }) => name)).toContain(args.slice(1).join(' '));
    }
  });

  it('every mounted volume', () => {
    for (const { spec } of pods) {
      const volumes = (spec.volumes ?? []).map(({ name }) => name);
      const mounts = containersOf(spec).flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name));
      expect(mounts).toEqual(volumes);
    }
  });

  it('no account of the cluster: no pod talks to it', () => {
    for (const { spec } of pods) {
      expect(spec).toMatchObject({ automountServiceAccountToken: false });
      expect(spec).not.toHaveProperty('serviceAccountName');
    }
  });

  it('every pod that a Service, a budget or a policy selects', () => {
    const selectors = [
      ...services.map(({ spec }) => spec?.selector),
      ...ofKind<PodDisruptionBudget>('PodDisruptionBudget').map(({ spec }) => spec?.selector?.matchLabels),
      ...ofKind<NetworkPolicy>('NetworkPolicy').map(({ spec }) => spec?.podSelector.matchLabels ?? {}),
      ...deployments.map(({ spec }) => spec?.selector.matchLabels),
    ];
    for (const selector of selectors) {
      const wanted = Object.entries(selector ?? { nothing: 'selected' });
      expect(pods.filter(({ labels }) => wanted.every(([label, value]) => labels[label] === value))).not.toEqual([]);
    }
  });

  it('one image, which the kustomization names, of this release', () => {
    const [{ images }] = documents(infraFile('infra', 'k8s', KUSTOMIZATION)) as [{ images: object[] }];
    expect(new Set(containers.map(({ image }) => image))).toEqual(new Set(['homeward']));
    const { version } = JSON.parse(infraFile('package.json')) as { version: string };
    expect(images).toEqual([expect.objectContaining({ name: 'homeward', newTag: version })]);
  });
});

describe('every service', () => {
  const names = [...SERVICES.map(({ name }) => name), 'gateway'];

  it('has a Deployment, a Service and a budget, and nobody else has', () => {
    for (const kind of ['Deployment', 'Service', 'PodDisruptionBudget']) {
      expect(ofKind<Service>(kind).map(({ metadata }) => metadata?.name)).toEqual(expect.arrayContaining(names));
      expect(ofKind(kind)).toHaveLength(names.length);
    }
  });

  it.each(names)('%s listens where its Service and its probes look', (name) => {
    const [container] = podOf(name).spec.containers as [Container];
    const port = Number(imageVariables()['PORT']);
    expect(container.ports).toEqual([{ name: 'http', containerPort: port }]);
    const service = services.find(({ metadata }) => metadata?.name === name);
    expect(service?.spec?.ports).toEqual([{ name: 'http', port: expect.any(Number), targetPort: 'http' }]);
    for (const probe of [container.startupProbe, container.readinessProbe, container.livenessProbe]) {
      expect(probe?.httpGet?.port).toBe('http');
    }
  });

  it.each(names)('%s has the health routes that its probes ask', async (name) => {
    const server = Fastify();
    if (name === 'gateway') serveGatewayHealth(server, {});
    else serveHealth(server, {});
    const [container] = podOf(name).spec.containers as [Container];
    for (const probe of [container.startupProbe, container.readinessProbe, container.livenessProbe]) {
      expect((await server.inject(String(probe?.httpGet?.path))).statusCode).toBe(200);
    }
  });

  it.each(names)('%s has time to finish what is in hand before it is killed', (name) => {
    const { spec } = podOf(name);
    const waits = spec.containers[0]?.lifecycle?.preStop?.sleep?.seconds ?? 0;
    expect(Number(spec.terminationGracePeriodSeconds) - waits).toBeGreaterThanOrEqual(30); // a transaction's longest
  });
});

describe('what is set', () => {
  const telemetry = TELEMETRY.map(([name]) => name);
  const known = new Set([...serviceVariables().keys(), ...telemetry, 'NODE_ENV']);

  it.each(SERVICES.map(({ name }) => name))('is complete and right for %s', (name) => {
    const { spec } = podOf(name);
    const [container] = spec.containers as [Container];
    const environment = environmentOf(container);
    expect(Object.keys(environment).filter((variable) => !known.has(variable))).toEqual([]);

    const files = ['SERVICE_KEY_FILE', 'AUDIT_KEY_FILE'].map((variable) => environment[variable] ?? '');
    for (const file of files) {
      expect(container.volumeMounts?.map(({ mountPath }) => join(mountPath, basename(file)))).toContain(file);
    }
    const names = files.map((file) => basename(file));
    expect(spec.volumes?.map(({ secret }) => secrets.get(String(secret?.secretName)))).toContainEqual(names);
    const config = readConfig(name, { ...environment, SERVICE_KEY_FILE: __filename, AUDIT_KEY_FILE: __filename });
    expect(config).toMatchObject({ host: '0.0.0.0', simulated: false, eventLog: { kind: 'kafka', tls: true } });
    if (config.eventLog.kind === 'kafka') expect(config.eventLog.login).toBeDefined();
    expectServiceAt(config.peopleUrl);
  });

  it('is complete and right for the gateway', () => {
    const environment = environmentOf(podOf('gateway').spec.containers[0] as Container);
    const own = new Set([...gatewayVariables().keys(), ...telemetry, 'NODE_ENV']);
    expect(Object.keys(environment).filter((variable) => !own.has(variable))).toEqual([]);
    Object.values(readGatewayConfig(environment).services).forEach(expectServiceAt);
  });

  function expectServiceAt(address: string): void {
    const { hostname, port } = new URL(address);
    const service = services.find(({ metadata }) => metadata?.name === hostname);
    expect(service?.spec?.ports?.map((one) => String(one.port))).toContain(port);
  }
});
