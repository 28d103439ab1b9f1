export * from './clock';
export { move, type About, type Deadline, type Move, type NotNeeded, type Team } from './domain/deadline';
export { loadDeadlines, loadOpenDeadlines, loadOpenDeadlinesOf } from './repository';
export * from './moved';
export * from './table';
