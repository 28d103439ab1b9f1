export * from './deadline';
export * from './hours';
export * from './part-8a';
export * from './rules/catalogue';
export * from './rules/explain';
export * from './rules/overrides';
export type { Kind, Rule, Standing, Version } from './rules/rule';
