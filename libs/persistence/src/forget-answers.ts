import type { Pool } from 'pg';

const KEPT_DAYS = 7;
const AT_ONCE = 5_000;
const EVERY_MS = 3_600_000;

/** Forgets answers whose idempotency key nobody will send any more. Answers how many. */
export async function forgetAnswers(worker: Pool, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  let forgotten = 0;
  for (;;) {
    const { rowCount } = await worker.query(
      `DELETE FROM idempotency WHERE (caller, route, key) IN (
         SELECT caller, route, key FROM idempotency WHERE recorded_at < $1 LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)`,
      [before],
    );
    forgotten += rowCount ?? 0;
    if ((rowCount ?? 0) < AT_ONCE) return forgotten;
  }
}

/** Once an hour, in every replica: what one has deleted the others do not find. */
export function forgetAnswersHourly(worker: Pool, onTrouble: (error: Error) => void): { stop(): Promise<void> } {
  const timer = setInterval(() => void forgetAnswers(worker, new Date()).catch(onTrouble), EVERY_MS);
  timer.unref();
  return { stop: async () => clearInterval(timer) };
}
