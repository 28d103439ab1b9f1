import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COUNTERS, GAUGES } from './metrics';

const infra = join(__dirname, '..', '..', '..', 'infra');
const text = (...path: string[]): string => readFileSync(join(infra, ...path), 'utf8');

interface Dashboard {
  uid: string;
  panels: {
    id: number;
    title: string;
    description: string;
    targets: { expr: string; datasource: { uid: string } }[];
  }[];
}

/** As Prometheus writes them. `http.server.request.duration` comes from the instrumentation, `spans_` from the collector. */
const told = [
  ...Object.keys(GAUGES).map((name) => name.replaceAll('.', '_')),
  ...Object.keys(COUNTERS).map((name) => `${name.replaceAll('.', '_')}_total`),
  ...['count', 'sum', 'bucket'].map((part) => `http_server_request_duration_${part}`),
  ...['spans_calls_total', 'spans_duration_seconds_bucket'],
];
const metricsIn = (query: string): string[] => query.match(/\b(homeward|http|spans)_\w+(?=[{[)\s]|$)/g) ?? [];

describe('what operators look at', () => {
  const dashboards = readdirSync(join(infra, 'grafana', 'dashboards'));
  const panels = dashboards.flatMap((file) => (JSON.parse(text('grafana', 'dashboards', file)) as Dashboard).panels);
  const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const alerts = text('prometheus', 'alerts.yml');

  it.each(queries)('asks for what is told: %s', (query) => {
    const labels = ['http_route', 'http_request_method', 'http_response_status_code'];
    const asked = metricsIn(query).filter((name) => !labels.includes(name));
    for (const metric of asked) expect(told).toContain(metric);
  });

  it('shows every gauge, and alerts on none that there is not', () => {
    for (const gauge of Object.keys(GAUGES)) expect(queries.join()).toContain(gauge.replaceAll('.', '_'));
    const inAlerts = [...alerts.matchAll(/\bhomeward_\w+|\bhttp_server_\w+/g)].map(([name]) => name);
    expect(inAlerts.length).toBeGreaterThan(5);
    for (const metric of inAlerts) expect(told).toContain(metric);
  });

  it('has panels of ids of their own, each with a reason, on the provisioned source', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const [, source] = /uid: (\w+)/.exec(text('grafana', 'provisioning', 'datasources', 'prometheus.yaml')) ?? [];
    for (const { description, targets } of panels) {
      expect(description).not.toBe('');
      for (const target of targets) expect(target.datasource.uid).toBe(source);
    }
  });

  it('names a runbook that is there', () => {
    const runbooks = [...alerts.matchAll(/runbook: docs\/runbooks\/(\S+)/g)].map(([, file]) => file ?? '');
    expect(runbooks.length).toBeGreaterThan(3);
    expect(readdirSync(join(infra, '..', 'docs', 'runbooks'))).toEqual(expect.arrayContaining(runbooks));
  });
});
