export * from './databases';
export * from './given-when-then';
