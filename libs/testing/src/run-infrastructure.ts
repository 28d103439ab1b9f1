import type { KafkaBroker } from '../../../infra/local/kafka';
import type { PostgresServer } from '../../../infra/local/postgres';

/** What the run's set-up started and its teardown has to end; jest runs both in one process. */
export interface RunInfrastructure {
  folder: string;
  postgres: PostgresServer;
  kafka: KafkaBroker | undefined;
}

const store = globalThis as typeof globalThis & { homewardRun?: RunInfrastructure };

export function keepForTeardown(run: RunInfrastructure): void {
  store.homewardRun = run;
}

export function takeForTeardown(): RunInfrastructure | undefined {
  const run = store.homewardRun;
  store.homewardRun = undefined;
  return run;
}
