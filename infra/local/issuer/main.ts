import { join } from 'node:path';
import { stateFolder } from '../checkout';
import { issuerKeys } from './keys';
import { createProvider } from './provider';

/** The development issuer as a process: `HOST`, `PORT`, `ISSUER` (its own address), `AUDIENCE`, `ISSUER_KEYS` (folder). */
async function main(): Promise<void> {
  const port = Number(process.env['PORT'] ?? 8100);
  const issuer = process.env['ISSUER'] ?? `http://localhost:${port}`;
  const folder = process.env['ISSUER_KEYS'] ?? join(stateFolder(), 'keys');
  const keys = await issuerKeys(folder);
  const provider = await createProvider(issuer, process.env['AUDIENCE'] ?? 'homeward', keys);
  const host = process.env['HOST'] ?? '127.0.0.1';
  const server = provider.listen(port, host, () => console.log(`issuer ${issuer}`));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      server.close(() => process.exit(0));
      server.closeAllConnections();
    });
  }
}

void main();
