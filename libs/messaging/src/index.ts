export * from './log/open-log';
export * from './log/port';
export { Backoff, Wait } from './log/wait';
export { createKafkaLog } from './log/kafka/kafka-log';
export { migratePostgresLog } from './log/postgres/migrations';
export { createPostgresLog } from './log/postgres/postgres-log';
export { ParkedEvents, type ParkedEvent, type ParkedStream, type Redriven } from './parked/parked-events';
export { projectionsReaderName, reactionsReaderName, type ReaderOptions, type ReaderReport } from './reader/options';
export { reactionContext } from './reaction-context';
export { ProjectionsReader } from './reader/projections-reader';
export { ReactionsReader } from './reader/reactions-reader';
export type { StopCode, Stopped } from './reader/reader-state';
export type { ReaderStatus } from './reader/status';
export type { Difference } from './rebuild/differences';
export { installProjections, type Installation } from './rebuild/install';
export {
  compareProjection,
  RebuildDiffers,
  rebuildProjection,
  type RebuildOptions,
  type Rebuilt,
} from './rebuild/rebuild';
export { Leadership } from './relay/leadership';
export { Relay, type RelayOptions, type RelaySnapshot } from './relay/relay';
export { relayStatus, type RefusedRow, type RelayStatus } from './relay/status';
export * from './subscription';
