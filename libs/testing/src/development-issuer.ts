import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceKeyFile, systemKeyFile } from '../../../infra/local/issuer/keys';
import { PERSONAS, SERVICE_CLIENTS, SYSTEM_CLIENTS } from '../../../infra/local/issuer/personas';
import { getToken } from '../../../infra/local/issuer/token';
import { freePort } from '../../../infra/local/ports';
import { endChild } from '../../../infra/local/processes';

/** The development issuer as `npm start` runs it: a process of its own, here with keys of its own. */
export interface DevelopmentIssuer {
  url: string;
  /** For `SERVICE_KEY_FILE`. */
  keyFile(service: string): string;
  /** Of another system. */
  systemKeyFile(system: string): string;
  stop(): Promise<void>;
}

export { freePort, getToken, PERSONAS, SERVICE_CLIENTS, SYSTEM_CLIENTS };

export async function startDevelopmentIssuer(): Promise<DevelopmentIssuer> {
  const keys = mkdtempSync(join(tmpdir(), 'homeward-issuer-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const root = join(__dirname, '..', '..', '..');
  const child = spawn(process.execPath, ['-r', join(__dirname, 'register.js'), 'infra/local/issuer/main.ts'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), ISSUER: url, ISSUER_KEYS: keys },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the issuer ended with ${code}`)));
  });
  return {
    url,
    keyFile: (service) => serviceKeyFile(keys, service),
    systemKeyFile: (system) => systemKeyFile(keys, system),
    stop: async () => {
      await endChild(child, 'SIGTERM', 5_000);
      rmSync(keys, { recursive: true });
    },
  };
}
