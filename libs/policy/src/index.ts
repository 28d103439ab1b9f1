export * from './deadline';
export * from './hours';
export * from './part-8a';
