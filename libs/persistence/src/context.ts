/** On whose behalf something is done: the claims of a token, or a service itself. */
export interface Principal {
  /** ODS code, or `person/<uuid>` for the person's own token. A token acts for one organisation at a time. */
  organisation: string;
  sub: string;
  teams: string[];
  roles: string[];
  purpose: string;
}

/** Of what a service does by itself: a reaction, its clock. */
export const ownPrincipal = (service: string): Principal => ({
  organisation: service,
  sub: service,
  teams: [],
  roles: ['service'],
  purpose: 'direct-care',
});

/** What is known of a request before it reaches a handler. */
export interface RequestContext {
  principal: Principal;
  /** The role that permitted it, for audit and `actorrole`. */
  role: string;
  /** `accept-referral` */
  action: string;
  /** The route's template, never the raw path. */
  route: string;
  correlationId: string;
  traceparent?: string;
  /** `X-Simulated-Now`, where the caller named one; only with `CLOCK=simulated`. */
  simulatedNow?: Date;
}

export type ReadContext = RequestContext;

export interface CommandContext extends RequestContext {
  causationId?: string;
  idempotency?: { key: string; fingerprint: string };
  /** The version that the caller believes to change. */
  ifMatch?: number;
}
