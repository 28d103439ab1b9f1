import type { CommandContext, Principal } from '@homeward/persistence';
import type { FastifyRequest } from 'fastify';
import type { RouteMeta } from '../route';

/** A request and what has been found out about it so far, in this order. */
export interface HomewardRequest extends FastifyRequest {
  correlationId?: string;
  /** Of the route that was met. */
  meta?: RouteMeta;
  /** Set by the access guard: who calls, and the role that permits it. */
  principal?: Principal;
  role?: string;
  /** All of it, for the handler. */
  homeward?: CommandContext;
}

/** The route's template, never the raw path: that holds ids. */
export const templateOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'none';
