export * from './clock';
export type { About, Deadline, Move, NotNeeded, Team } from './domain/deadline';
export { loadDeadlines, loadOpenDeadlines, loadOpenDeadlinesOf } from './repository';
export * from './moved';
export * from './table';
