import { overrideOn } from '@homeward/policy';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidConfig, readConfig, readKafkaConfig } from './config';

const complete = {
  PORT: '8081',
  DATABASE_PORT: '5432',
  DATABASE_PASSWORD: 'homeward',
  ISSUER: 'http://localhost:8100/',
  SERVICE_KEY_FILE: __filename,
  AUDIT_KEY_FILE: __filename,
  PEOPLE_URL: 'http://127.0.0.1:8081',
  SERVICES: 'people=http://127.0.0.1:8081,referrals=http://127.0.0.1:8082,flow=http://127.0.0.1:8083',
  SECRET: 'a-secret-that-has-at-least-32-characters',
};

function problemsOf(env: Record<string, string | undefined>): string[] {
  try {
    readConfig('flow', env);
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration of a service', () => {
  it('is complete with what has no sensible default', () => {
    expect(readConfig('support-register', complete)).toMatchObject({
      port: 8081,
      host: '127.0.0.1',
      database: { service: 'support-register', database: 'support_register' },
      eventLog: { kind: 'postgres', database: 'event_log', port: 5432 },
      issuer: 'http://localhost:8100',
      audience: 'homeward',
      simulated: false,
    });
  });

  it('lists everything that is missing, at once and each once', () => {
    expect(problemsOf({})).toEqual(expect.arrayContaining(Object.keys(complete).map((name) => `${name} is missing`)));
    expect(problemsOf({})).toHaveLength(Object.keys(complete).length);
  });

  it('lists everything that is wrong, and repeats no value', () => {
    const wrong = {
      PORT: 'eighty',
      DATABASE_PORT: '99999',
      DATABASE_PASSWORD: ' ',
      EVENT_LOG: 'rabbit',
      ISSUER: 'issuer.example',
      SERVICE_KEY_FILE: '/does/not/exist',
      AUDIT_KEY_FILE: '/does/not/exist/either',
      PEOPLE_URL: 'somewhere',
      SERVICES: 'people=flow',
      SECRET: 'too-short',
      LOG_LEVEL: 'loud',
    };
    const problems = problemsOf({ ...complete, ...wrong });
    for (const [name, value] of Object.entries(wrong)) {
      expect(problems).toContainEqual(expect.stringMatching(new RegExp(`^${name} `)));
      if (value.trim() !== '') expect(problems.join()).not.toContain(value);
    }
  });

  it('asks where every service answers: one that is not asked would be missing without a word', () => {
    const SERVICES = 'people=http://127.0.0.1:8081,flow=http://127.0.0.1:8083';
    expect(problemsOf({ ...complete, SERVICES })).toEqual(['SERVICES names no address of referrals']);
  });

  it('asks for brokers with EVENT_LOG=kafka', () => {
    expect(problemsOf({ ...complete, EVENT_LOG: 'kafka' })).toEqual(['KAFKA_BROKERS is missing']);
    expect(readConfig('flow', { ...complete, EVENT_LOG: 'kafka', KAFKA_BROKERS: 'a:1,b:2' }).eventLog).toMatchObject({
      kind: 'kafka',
      brokers: ['a:1', 'b:2'],
      clientId: 'homeward-flow',
    });
  });

  it('signs in to Kafka with a name and a password, or with neither', () => {
    const kafka = { ...complete, EVENT_LOG: 'kafka', KAFKA_BROKERS: 'a:1', KAFKA_USERNAME: 'flow' };
    expect(problemsOf(kafka)).toEqual(['KAFKA_USERNAME and KAFKA_PASSWORD go together']);
    const { eventLog } = readConfig('flow', { ...kafka, KAFKA_PASSWORD: 'secret', KAFKA_TLS: 'on' });
    expect(eventLog).toMatchObject({ tls: true, login: { username: 'flow', password: 'secret' } });
  });

  it('takes TLS as on or off, and lets an operator in at other brokers by the same name', () => {
    const kafka = { ...complete, EVENT_LOG: 'kafka', KAFKA_BROKERS: 'a:1', KAFKA_TLS: 'true' };
    expect(problemsOf(kafka)).toEqual(['KAFKA_TLS is none of on, off']);
    const env = { KAFKA_TLS: 'on', KAFKA_USERNAME: 'homeward', KAFKA_PASSWORD: 'secret', KAFKA_PREFIX: 'p.' };
    const login = { username: 'homeward', password: 'secret' };
    expect(readKafkaConfig(['b:2'], env)).toMatchObject({
      kind: 'kafka',
      brokers: ['b:2'],
      tls: true,
      login,
      prefix: 'p.',
    });
  });

  it('refuses a simulated clock with any issuer but the development one', () => {
    for (const ISSUER of ['http://localhost:8100', 'http://127.0.0.1:8100', 'http://issuer:8080']) {
      expect(problemsOf({ ...complete, CLOCK: 'simulated', ISSUER })).toEqual([]);
    }
    const others = [
      'https://login.example',
      'http://localhost.example:8100',
      'https://localhost',
      'http://issuer.example',
    ];
    for (const ISSUER of others) {
      expect(problemsOf({ ...complete, CLOCK: 'simulated', ISSUER })).toEqual([expect.stringContaining('CLOCK')]);
    }
  });

  describe('POLICY_OVERRIDES', () => {
    const folder = mkdtempSync(join(tmpdir(), 'overrides-'));
    const file = join(folder, 'overrides.yaml');
    const told = (text: string): Record<string, string> => (writeFileSync(file, text), { POLICY_OVERRIDES: file });
    afterAll(() => rmSync(folder, { recursive: true }));

    it('names what boards decided, with a hash that sha256sum prints too', () => {
      const text = '- { icb: QZ1, rule: T-16, from: 2026-04-01, kind: WD, length: P10D, source: Board paper 14 }';
      const { overrides } = readConfig('flow', { ...complete, ...told(text) });
      expect(overrideOn(overrides.all, 'QZ1', 'T-16', '2026-12-22')).toMatchObject({ length: 'P10D' });
      expect(overrides.sha256).toBe(createHash('sha256').update(text).digest('hex'));
      expect(readConfig('flow', complete).overrides).toMatchObject({ all: [], sha256: undefined });
    });

    it.each([
      ['a file that is not there', { POLICY_OVERRIDES: '/does/not/exist' }, /^POLICY_OVERRIDES: names no file that/],
      ['no YAML', () => told('- icb: ['), /^POLICY_OVERRIDES: /],
      [
        'law',
        () => told('- { icb: QZ1, rule: T-01, from: 2026-04-01, kind: CAL, length: P30D, source: none }'),
        /^POLICY_OVERRIDES: Override 1: T-01 is law/,
      ],
    ])('is refused at the start when it is %s', (_, env, problem) => {
      const problems = problemsOf({ ...complete, ...(typeof env === 'function' ? env() : env) });
      expect(problems).toEqual([expect.stringMatching(problem)]);
      expect(problems.join()).not.toContain('/does/not/exist');
    });
  });
});
