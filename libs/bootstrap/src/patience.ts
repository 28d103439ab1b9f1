import { createLogger } from '@homeward/observability';
import { isInfrastructure } from '@homeward/persistence';

const log = createLogger('boot');
const EVERY_MS = 1_000;

/**
 * Runs a step of the boot again for as long as what it needs cannot be reached: a database and a broker may start
 * together with the service. Anything else that is wrong is refused at once.
 */
export async function patiently<T>(what: string, step: () => Promise<T>, patienceMs = 60_000): Promise<T> {
  const until = Date.now() + patienceMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      if (!isUnreachable(error) || Date.now() >= until) throw error;
      log.warn('boot.waiting', { reason: what, attempt, seconds: Math.ceil((until - Date.now()) / 1000), error });
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }
}

/** kafkajs wraps what the network says in errors of its own, without a code. */
const isUnreachable = (error: unknown): boolean =>
  isInfrastructure(error) || (error instanceof Error && error.name.startsWith('KafkaJS'));
