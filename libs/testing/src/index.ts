export * from './databases';
export * from './given-when-then';
export * from './service-database';
