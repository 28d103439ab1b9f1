export * from './child';
export * from './databases';
export * from './development-issuer';
export * from './eventually';
export * from './given-when-then';
export * from './log-server';
export * from './logs';
export * from './service-database';
