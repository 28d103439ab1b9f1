import type { Pool } from 'pg';
import type { EventLog } from '../log/port';

export interface ReaderOptions {
  service: string;
  log: EventLog;
  /** The worker's pool: it passes by row-level security. */
  worker: Pool;
  /** For logs and alerts; may be called often while something is away. */
  report?: (report: ReaderReport) => void;
  timing?: Partial<ReaderTiming>;
}

/** What an operator should hear of. Names types, subscriptions and reasons; no person and no stream. */
export interface ReaderReport {
  reader: string;
  what: 'retrying' | 'parked' | 'stale' | 'gap' | 'stopped';
  detail: string;
  error?: unknown;
}

export interface ReaderTiming {
  /** A gap that no re-reading closes in this time stops the reader. */
  gapPatienceMs: number;
  /** Between two readings of the records around a gap. */
  rereadMs: number;
  /** Between two tries while the database is away, at most. */
  backOffMs: number;
  /** A statement of a handler that takes longer is cancelled. */
  statementTimeoutMs: number;
  /** What parked too early is tried again so often, for so long; then it waits for an operator. */
  healEveryMs: number;
  healForMs: number;
}

export const TIMING: ReaderTiming = {
  gapPatienceMs: 60_000,
  rereadMs: 500,
  backOffMs: 5_000,
  statementTimeoutMs: 8_000,
  healEveryMs: 5_000,
  healForMs: 600_000,
};

export const projectionsReaderName = (service: string): string => `homeward.${service}`;
export const reactionsReaderName = (service: string): string => `homeward.${service}.reactions`;
