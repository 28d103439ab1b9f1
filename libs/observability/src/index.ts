export * from './error-summary';
export * from './logger';
export * from './metrics';
export * from './spans';
export * from './telemetry';
