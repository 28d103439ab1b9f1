import { createLogger, telemetry } from '@homeward/observability';
import { readConfig } from './config';
import type { ServiceDefinition } from './service-definition';
import { startService } from './start-service';

const log = createLogger('boot');

/** All that a `main.ts` calls: runs the service as its environment says until SIGTERM or SIGINT. */
export function runService(definition: ServiceDefinition): void {
  void run(definition).catch((error: unknown) => {
    // Of a boot, the words are ours: what is missing, what cannot be reached. No request has come yet.
    log.error('service.not-started', { reason: error instanceof Error ? error.message : undefined, error });
    process.exitCode = 1;
    process.exit();
  });
}

async function run(definition: ServiceDefinition): Promise<void> {
  const config = readConfig(definition.name, process.env);
  // Whoever supervises the process starts it again.
  const onLost = (): void => {
    process.exitCode = 1;
    process.kill(process.pid, 'SIGTERM');
  };
  const service = await startService(definition, config, onLost);
  log.info('service.started', { port: Number(new URL(service.url).port) });
  stopOnSignal(async () => {
    await service.stop();
    await telemetry()?.shutdown();
  });
}

/** A second signal does not wait. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info('service.stopping', { signal });
    void stop().then(
      () => process.exit(),
      (error: unknown) => {
        log.error('service.not-stopped', { error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
