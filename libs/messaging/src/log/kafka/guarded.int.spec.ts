import { canGuardKafka, eventually, startChild, startGuardedKafka, type GuardedKafka } from '@homeward/testing';
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, Kafka, ResourcePatternTypes } from 'kafkajs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KafkaLogConfig } from './client';

const { CREATE, DESCRIBE, READ, WRITE, DELETE } = AclOperationTypes;
/** What docs/how-to/run-on-a-cluster.md gives the services' user. */
const RIGHTS: [type: AclResourceTypes, name: string, may: AclOperationTypes[]][] = [
  [AclResourceTypes.TOPIC, 'homeward.', [CREATE, DESCRIBE, READ, WRITE]],
  [AclResourceTypes.GROUP, 'homeward.', [READ]],
  [AclResourceTypes.GROUP, 'read-all.', [READ, DELETE]],
];
const acl = RIGHTS.flatMap(([resourceType, resourceName, may]) =>
  may.map((operation) => ({
    resourceType,
    resourceName,
    operation,
    resourcePatternType: ResourcePatternTypes.PREFIXED,
    permissionType: AclPermissionTypes.ALLOW,
    principal: 'User:homeward',
    host: '*',
  })),
);

const suite = canGuardKafka() ? describe : describe.skip;
suite('a broker with the settings of a cluster: TLS, names and passwords, rights', () => {
  let kafka: GuardedKafka;
  beforeAll(async () => {
    kafka = await startGuardedKafka();
    const { brokers, administrator, authority } = kafka;
    const sasl = { mechanism: 'scram-sha-512' as const, ...administrator };
    const admin = new Kafka({ brokers, ssl: { ca: readFileSync(authority) }, sasl }).admin();
    await admin.connect();
    await admin.createAcls({ acl });
    await admin.disconnect();
  });
  afterAll(() => kafka?.remove());

  /** In a process of its own: Node reads `NODE_EXTRA_CA_CERTS` at its start. */
  const said = async (config: Partial<KafkaLogConfig>, env: Record<string, string> = {}): Promise<unknown> => {
    const told = { brokers: kafka.brokers, clientId: 'test', idleWaitMs: 250, tls: true, ...config };
    const child = startChild(join(__dirname, 'guarded.child.ts'), told, env);
    await eventually(() => expect(child.said).toHaveLength(1), 40_000).finally(() => child.kill());
    return child.said[0];
  };
  const trusting = () => ({ NODE_EXTRA_CA_CERTS: kafka.authority });
  const failed = (text: string) => ({ failed: expect.stringContaining(text) as string });

  it('is written to and read by a user with the rights that the page gives', async () => {
    expect(await said({ login: kafka.user }, trusting())).toEqual({ read: 20, followed: 20 });
  });

  it('gives that user nothing else', async () => {
    const elsewhere = await said({ login: kafka.user, prefix: 'other.' }, trusting());
    expect(elsewhere).toEqual(failed('Topic creation errors'));
  });

  it('lets nobody in without the password, nor by a certificate that is not trusted', async () => {
    const wrong = { ...kafka.user, password: 'another' };
    expect(await said({ login: wrong }, trusting())).toEqual(failed('KafkaJSSASLAuthenticationError'));
    expect(await said({ login: kafka.user })).toEqual(failed('self-signed certificate'));
  });
});
