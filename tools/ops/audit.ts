import {
  appendSigned,
  proposeRetention,
  readSigningKey,
  removeDetail,
  sayFinding,
  verifyAudit,
  type AuditReport,
} from '@homeward/audit';
import { readDataConfig } from '@homeward/bootstrap';
import { isUuid } from '@homeward/kernel';
import { openEventLog, type EventLog } from '@homeward/messaging';
import { connectionOf } from '@homeward/persistence';
import { existsSync, readFileSync } from 'node:fs';
import { auditKeyFile } from '../../infra/local/issuer/keys';
import { Misuse, type Command } from './command';
import { serviceNamed, servicesNamed } from './services';

type Pins = Map<string, string[]>;

const verify: Command = {
  name: 'audit verify',
  usage: '[service …] [--keys <file>]',
  summary: 'Says whether the record of who looked, and who did what, is as it was made.',
  details: `Compares every entry with its seal, the seals with each other, and their chain with what was signed outside the
database. It tells what was changed, is missing, was put in, stands in another order or was cut off, and exits with 1.

--keys names a file of public keys, one line for each: the service and its key, as \`audit keys\` prints them. Keep it where
whoever runs the database cannot write. Without it the keys of this machine count, if it made them; else the key of the
first head is believed, and that is said.`,
  options: { keys: { type: 'string' } },
  async run(names, { keys }) {
    let isWell = true;
    const pins = typeof keys === 'string' ? pinsIn(keys) : undefined;
    for (const { name } of servicesNamed(names)) {
      const report = await verified(name, pins?.get(name) ?? keysOfThisMachine(name));
      console.log(sayReport(name, report));
      isWell &&= report.findings.length === 0;
    }
    if (!isWell) console.log('\nWhat to do: docs/runbooks/audit-does-not-verify.md');
    return isWell;
  },
};

const keys: Command = {
  name: 'audit keys',
  usage: '[service …]',
  summary: 'Prints the public keys that sign the audit, as `audit verify --keys` takes them.',
  async run(names) {
    for (const { name } of servicesNamed(names)) {
      const { keys: found } = await verified(name, keysOfThisMachine(name));
      for (const key of found) console.log(`${name} ${key}`);
    }
  },
};

const announceKey: Command = {
  name: 'audit announce',
  usage: '<service> --from <key file> --to <key file>',
  summary: 'Announces, signed with the key in use, the one that will sign a service’s audit from now on.',
  details: 'Both are private keys. Then replace AUDIT_KEY_FILE in all replicas and start them again.',
  options: { from: { type: 'string' }, to: { type: 'string' } },
  async run([name], { from, to }) {
    const { name: service } = serviceNamed(name);
    if (typeof from !== 'string' || typeof to !== 'string')
      throw new Misuse('Say which: --from and --to name key files.');
    const { publicKey: next } = readSigningKey(to);
    const announcement = { kind: 'next-key', service, next, at: new Date().toISOString() } as const;
    await withLog(service, (log) => appendSigned(log, readSigningKey(from), announcement));
    console.log(`${service} ${next}`);
  },
};

const YEARS = 20;

const retention: Command = {
  name: 'audit retention',
  usage: '<service> [--years <n>] (--dry-run | --approved-by <sub> --key <key file>)',
  summary: 'Proposes which detail of the audit is no longer kept; takes it away when a person approved.',
  details: `Detail is who it was and about whom. When, for whom, in which role and what was done stays, and the chain still
verifies. ${YEARS} years unless said: as long as records of mental health are kept. Nothing goes by itself: somebody looks at
what --dry-run says, and approves by their \`sub\`, which is signed beside the heads.`,
  options: {
    years: { type: 'string' },
    'dry-run': { type: 'boolean' },
    'approved-by': { type: 'string' },
    key: { type: 'string' },
  },
  async run([name], { years = String(YEARS), 'dry-run': dryRun, 'approved-by': approvedBy, key: keyFile }) {
    const { name: service } = serviceNamed(name);
    const before = yearsAgo(Number(years));
    const { database } = readDataConfig(service, process.env);
    const { entries, oldest, newest } = await proposeRetention(connectionOf(database, 'worker'), before);
    const told = entries === 0 ? '' : `, recorded ${oldest?.toISOString()} to ${newest?.toISOString()}`;
    console.log(`${service}: the detail of ${entries} entries is older than ${before.toISOString()}${told}.`);
    if (dryRun === true) return;
    if (typeof approvedBy !== 'string' || !isUuid(approvedBy))
      throw new Misuse('Who approved it? --approved-by takes their `sub`; --dry-run only proposes.');
    const key = readSigningKey(typeof keyFile === 'string' ? keyFile : ownKeyFile(service));
    const approved = { service, before, approvedBy };
    const removed = await withLog(service, (log) => removeDetail(connectionOf(database, 'owner'), log, key, approved));
    console.log(`${service}: taken away from ${removed} entries.`);
  },
};

export const auditCommands: Command[] = [verify, keys, announceKey, retention];

function yearsAgo(years: number): Date {
  if (!Number.isInteger(years) || years < 1) throw new Misuse('--years takes a whole number of years, 1 or more.');
  const day = new Date();
  day.setUTCFullYear(day.getUTCFullYear() - years);
  return day;
}

function ownKeyFile(service: string): string {
  const { AUDIT_KEY_FILE: told, ISSUER_KEYS: folder } = process.env;
  const file = folder === undefined ? told : auditKeyFile(folder, service);
  if (file === undefined) throw new Misuse('Say which key signs it: --key names the file of AUDIT_KEY_FILE.');
  return file;
}

function verified(service: string, pinned: readonly string[]): Promise<AuditReport> {
  const { database } = readDataConfig(service, process.env);
  const connection = connectionOf(database, 'worker');
  return withLog(service, (log) => verifyAudit({ service, connection, log, pinned }));
}

async function withLog<T>(service: string, work: (log: EventLog) => Promise<T>): Promise<T> {
  const log = openEventLog(readDataConfig(service, process.env).eventLog);
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}

function sayReport(service: string, { findings, seals, heads, signed, keys: found, isPinned }: AuditReport): string {
  const verdict = findings.length === 0 ? 'as it was made' : `NOT as it was made, ${findings.length} findings`;
  const lines = [
    `${service}: ${verdict}. ${seals} entries are sealed, ${signed} of them signed, by ${heads} heads.`,
    ...(isPinned || found.length === 0
      ? []
      : [`The key is not pinned: ${found[0]} is believed, as the first that signed.`]),
    ...findings.map(sayFinding),
  ];
  return lines.join('\n  ');
}

/** Where `npm start` made the keys, they are at hand. */
function keysOfThisMachine(service: string): string[] {
  const { ISSUER_KEYS: folder } = process.env;
  const file = folder === undefined ? '' : auditKeyFile(folder, service);
  return existsSync(file) ? [readSigningKey(file).publicKey] : [];
}

function pinsIn(file: string): Pins {
  if (!existsSync(file)) throw new Misuse(`There is no ${file}.`);
  const pins: Pins = new Map();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [service, key] = line.trim().split(/\s+/);
    if (service && key) pins.set(service, [...(pins.get(service) ?? []), key]);
  }
  return pins;
}
