import { createLogger, telemetry } from '@homeward/observability';
import { readConfig } from './config';
import { createGateway } from './gateway';

const log = createLogger('boot');

/** Runs until SIGTERM or SIGINT, finishes what is in hand, and goes; a second signal does not wait. */
export async function run(): Promise<void> {
  const config = readConfig(process.env);
  const gateway = await createGateway(config);
  await gateway.listen({ port: config.port, host: config.host });
  log.info('gateway.started', { port: config.port });
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info('gateway.stopping', { signal });
    void gateway.close().finally(
      () =>
        telemetry()
          ?.shutdown()
          .finally(() => process.exit(0)) ?? process.exit(0),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
