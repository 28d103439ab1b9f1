/** What goes into the log: an encoded event (`libs/contracts` encode) with its key and explicit partition. */
export interface LogRecord {
  partition: number;
  key: string;
  headers: Record<string, string>;
  value: string;
}

export interface ReceivedRecord extends LogRecord {
  topic: string;
  offset: bigint;
}

export interface SubscribeOptions {
  /** Whose position it is: `homeward.flow`, `homeward.flow.reactions`. Begins at the log's beginning. */
  group: string;
  topics: string[];
  /**
   * Records of one or several partitions, each partition's in order; may be called again before an earlier call
   * resolves, for what follows. The position moves behind the records when this call and those in front of it have
   * resolved, never before, and a slow one holds no other partition. A rejection moves
   * nothing: the same records come again. While it runs, `heartbeat` keeps the membership.
   */
  onRecords(records: ReceivedRecord[], heartbeat: () => Promise<void>): Promise<void>;
  /** The membership was lost for good; the process should end and be started again. */
  onLost?(error: Error): void;
}

export interface LogSubscription {
  /** Records between the position and the end, by topic and partition; for lag metrics and readiness. */
  lag(): Promise<bigint>;
  stop(): Promise<void>;
}

/** The broker will never take this record (too large, unknown topic): the relay stops on it and says which. */
export class RefusedForGood extends Error {
  override readonly name = 'RefusedForGood';
}

/** The event log: append in order, read in order, at least once. Two adapters, `kafka` and `postgres`, one suite. */
export interface EventLog {
  /** Makes what is missing of the topics, with PARTITIONS partitions and unlimited retention. */
  init(topics: string[]): Promise<void>;
  /** Rejects when a topic is missing or has another number of partitions. */
  check(topics: string[]): Promise<void>;
  /** Resolves when the records are safe (acks from all), in the order given for each partition. Does not deduplicate. */
  append(topic: string, records: LogRecord[]): Promise<void>;
  subscribe(options: SubscribeOptions): Promise<LogSubscription>;
  /** Every record that a topic holds now, from its beginning, in no group: for rebuilds, copies and checkers. */
  readAll(topic: string, onRecords: (records: ReceivedRecord[]) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}
