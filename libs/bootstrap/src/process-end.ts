import { createLogger } from '@homeward/observability';

const log = createLogger('boot');

/** Runs `stop` once on SIGTERM or SIGINT and ends the process; a second signal does not wait for it. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info('service.stopping', { signal });
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('service.stopped-badly', { error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
