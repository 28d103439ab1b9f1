import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkoutRoot } from '../../../infra/local/checkout';
import { startKafka } from '../../../infra/local/kafka';
import { freePort } from '../../../infra/local/ports';

interface Login {
  username: string;
  password: string;
}

export interface GuardedKafka {
  brokers: string[];
  /** May do everything. */
  administrator: Login;
  /** May do what it is given. */
  user: Login;
  /** The file with the authority of its certificate, for `NODE_EXTRA_CA_CERTS`. */
  authority: string;
  remove(): Promise<void>;
}

const PASSWORD = 'of-the-keystore';

/** Whether Kafka's jars and Java's keytool can be had here. Where Kafka is required, what they are missing for fails. */
export function canGuardKafka(): boolean {
  if (process.env['KAFKA'] === 'required') return true;
  try {
    execFileSync('keytool', ['-help'], { stdio: 'ignore' });
    execFileSync('mvn', ['-v'], { stdio: 'ignore' });
    return process.env['KAFKA'] !== 'off';
  } catch {
    return false;
  }
}

/** One broker with the settings of a cluster (`infra/kafka/server.properties`): TLS, names and passwords, rights. */
export async function startGuardedKafka(): Promise<GuardedKafka> {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-guarded-'));
  const [port, brokersPort, controllerPort] = [await freePort(), await freePort(), await freePort()];
  const authority = join(folder, 'authority.pem');
  const keystore = join(folder, 'kafka-1.p12');
  makeCertificate(keystore, authority);
  const administrator = { username: 'admin', password: 'of-the-administrator' };
  const user = { username: 'homeward', password: 'of-the-services' };
  const server = await startKafka({
    dataDir: join(folder, 'kafka'),
    logFile: join(folder, 'kafka.log'),
    port,
    controllerPort,
    users: [administrator, user],
    properties: {
      ...clusterSettings(),
      // alone, and on this machine
      'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
      listeners: `CLIENTS://127.0.0.1:${port},BROKERS://127.0.0.1:${brokersPort},CONTROLLER://127.0.0.1:${controllerPort}`,
      'advertised.listeners': `CLIENTS://127.0.0.1:${port},BROKERS://127.0.0.1:${brokersPort}`,
      'ssl.keystore.location': keystore,
      'ssl.keystore.password': PASSWORD,
      'ssl.truststore.location': authority,
      'offsets.topic.num.partitions': '3',
      'group.initial.rebalance.delay.ms': '0',
    },
  });
  const remove = async (): Promise<void> => {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { brokers: server.brokers, administrator, user, authority, remove };
}

/** The file as it stands, but for the copies: there is one broker. */
function clusterSettings(): Record<string, string> {
  const text = readFileSync(join(checkoutRoot(), 'infra', 'kafka', 'server.properties'), 'utf8');
  const lines = text.replaceAll('@N@', '1').match(/^[a-z][^=\n]*=.*$/gm) ?? [];
  const settings = lines.map((line): [string, string] => {
    const [name = '', value = ''] = [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)];
    return [name, /replication\.factor$|min\.i(sr|nsync\.replicas)$/.test(name) ? '1' : value];
  });
  return Object.fromEntries(settings);
}

function makeCertificate(keystore: string, authority: string): void {
  const store = ['-keystore', keystore, '-storetype', 'PKCS12', '-storepass', PASSWORD, '-alias', 'broker'];
  const names = ['-dname', 'CN=kafka-1.example', '-ext', 'SAN=dns:localhost,ip:127.0.0.1'];
  const run = (args: string[]): void => void execFileSync('keytool', args, { stdio: 'pipe' });
  run(['-genkeypair', '-keyalg', 'RSA', '-keysize', '2048', '-validity', '2', ...names, ...store]);
  run(['-exportcert', '-rfc', '-file', authority, ...store]);
}
