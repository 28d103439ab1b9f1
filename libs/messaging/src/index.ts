export * from './log/open-log';
export * from './log/port';
export { createKafkaLog } from './log/kafka/kafka-log';
export { migratePostgresLog } from './log/postgres/migrations';
export { createPostgresLog } from './log/postgres/postgres-log';
export { Relay, type RelayOptions, type RelaySnapshot } from './relay/relay';
export { relayStatus, type RefusedRow, type RelayStatus } from './relay/status';
export * from './subscription';
