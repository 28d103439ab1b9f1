export { AtRestModule } from './at-rest.http';
export { InvalidConfig, readConfig, readDataConfig, readKafkaConfig, variablesOf, type ServiceConfig } from './config';
export { topicsFor } from './followers';
export { openReactions } from './open-reactions';
export { runService } from './run-service';
export { refuseSharedSegments } from './segments';
export * from './service-definition';
export { ServiceInfo } from './service-info';
export { startService, type RunningService } from './start-service';
