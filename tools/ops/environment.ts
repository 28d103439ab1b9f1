import type { ServiceDefinition } from '@homeward/bootstrap';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '../../infra/local/checkout';
import { auditKeyFile, serviceKeyFile } from '../../infra/local/issuer/keys';

const FILES = ['system', 'kafka-system'].map((system) => join(stateFolder(), system, 'environment.json'));

/** Where nothing is told, the system that `npm start` started last is meant. */
export function useLocalSystem(): void {
  if (process.env['DATABASE_PORT']) return;
  const [latest] = FILES.filter((file) => existsSync(file)).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (latest === undefined) return;
  const told = JSON.parse(readFileSync(latest, 'utf8')) as Record<string, string>;
  for (const [name, value] of Object.entries(told)) process.env[name] ??= value;
}

/** A service's own environment, as far as it matters to who does not listen. */
export function environmentOf({ name }: ServiceDefinition): Record<string, string | undefined> {
  const { ISSUER_KEYS: keys } = process.env;
  const keyFiles = keys
    ? { SERVICE_KEY_FILE: serviceKeyFile(keys, name), AUDIT_KEY_FILE: auditKeyFile(keys, name) }
    : {};
  return { PORT: '0', ...keyFiles, ...process.env };
}
