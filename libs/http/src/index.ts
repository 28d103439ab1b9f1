export { createHttpApp, type HttpOptions } from './http-app';
export { deriveKey } from './keys';
export { Cursors, type SortKeys } from './paging/cursors';
export { Page, pageOf, PageQuery } from './paging/page';
export { PeopleClient } from './people/people-client';
export { PersonFacts, type Facts, type FactsAnswer } from './people/person-facts';
export { Problem, PROBLEM_TYPE, Unavailable, type ProblemBody } from './problem/problem';
export type { HomewardRequest } from './request/homeward-request';
export * from './route';
