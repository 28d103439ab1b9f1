export * from './context';
export * from './database';
export * from './decision';
export * from './errors';
export * from './migrate';
export * from './pools';
export { sqlStateOf } from './retry';
export type { Row, Statement } from './statement';
export * from './tables';
