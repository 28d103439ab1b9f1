import { PARTITIONS } from '@homeward/contracts';
import { parse } from 'yaml';
import { SERVICES } from '../ops/services';
import { infraFile } from './manifests';

const page = infraFile('docs', 'how-to', 'run-on-a-cluster.md');
const yaml = <T>(...path: string[]): T => parse(infraFile('infra', ...path)) as T;

describe('a broker of a cluster', () => {
  const lines = infraFile('infra', 'kafka', 'server.properties').match(/^[a-z][^=\n]*=.*$/gm) ?? [];
  const settings = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  const brokers = String(settings['controller.quorum.voters']).split(',');

  it('is one of three; three have each event, and two have it before it counts', () => {
    expect(brokers.map((one) => one.split('@')[0])).toEqual(['1', '2', '3']);
    for (const copies of Object.keys(settings).filter((name) => name.endsWith('replication.factor'))) {
      expect([copies, settings[copies]]).toEqual([copies, '3']);
    }
    for (const least of Object.keys(settings).filter((name) => /min\.i(sr|nsync\.replicas)$/.test(name))) {
      expect([least, settings[least]]).toEqual([least, '2']);
    }
    expect(Object.keys(settings)).toEqual(
      expect.arrayContaining(['default.replication.factor', 'min.insync.replicas']),
    );
    expect(settings['unclean.leader.election.enable']).toBe('false');
  });

  it('keeps everything, and makes no topic by itself', () => {
    expect([settings['log.retention.ms'], settings['log.retention.bytes']]).toEqual(['-1', '-1']);
    expect(settings['auto.create.topics.enable']).toBe('false');
  });

  it('lets clients in by TLS and a name only, at the port that the services are told', () => {
    const protocols = String(settings['listener.security.protocol.map']).split(',');
    expect(protocols).toEqual(['CLIENTS:SASL_SSL', 'BROKERS:SSL', 'CONTROLLER:SSL']);
    expect(settings['sasl.enabled.mechanisms']).toBe('SCRAM-SHA-512');
    const [, port] = /CLIENTS:\/\/:(\d+)/.exec(String(settings['listeners'])) ?? [];
    const { data } = yaml<{ data: Record<string, string> }>('k8s', 'config.yaml');
    expect(data['KAFKA_BROKERS']).toBe([1, 2, 3].map((n) => `kafka-${n}.example:${port}`).join(','));
  });

  it('is what the page says', () => {
    expect(page).toContain('infra/kafka/server.properties');
    expect(page).toContain(`${PARTITIONS} partitions`);
  });
});

describe('Prometheus', () => {
  interface Config {
    rule_files: string[];
    scrape_configs: {
      job_name: string;
      dns_sd_configs?: { names: string[]; port: number }[];
      static_configs?: { targets: string[] }[];
    }[];
  }
  const { rule_files: rules, scrape_configs: jobs } = yaml<Config>('prometheus', 'prometheus.yml');
  const job = (name: string) => jobs.find((one) => one.job_name === name);

  it('reads every service that has /metrics, at the port of its container', () => {
    const [found] = job('homeward')?.dns_sd_configs ?? [];
    expect(found?.names).toEqual(SERVICES.map(({ name }) => name));
    expect(infraFile('Dockerfile')).toContain(`PORT=${found?.port}`);
  });

  it('reads what the collector counts, where it answers', () => {
    interface Collector {
      connectors: { spanmetrics: { namespace: string } };
      exporters: { prometheus: { endpoint: string } };
    }
    const { connectors, exporters } = yaml<Collector>('otel', 'collector.yaml');
    const [, port] = exporters.prometheus.endpoint.split(':');
    expect(job('spans')?.static_configs).toEqual([{ targets: [`otel-collector:${port}`] }]);
    expect(connectors.spanmetrics.namespace).toBe('spans');
  });

  it('alerts by its rules, each with a page that says what to do', () => {
    interface Rules {
      groups: { rules: { alert: string; annotations: { summary: string; runbook?: string } }[] }[];
    }
    expect(rules).toEqual(['alerts.yml']);
    const alerts = yaml<Rules>('prometheus', 'alerts.yml').groups.flatMap((group) => group.rules);
    for (const { alert, annotations } of alerts) {
      expect([alert, annotations.runbook]).toEqual([alert, expect.stringMatching(/^docs\/runbooks\/[a-z-]+\.md$/)]);
      expect(infraFile(String(annotations.runbook))).toContain(`\`${alert}\``); // who is called finds the alert by its name
    }
  });
});
