import { SetMetadata } from '@nestjs/common';

/** Roles that a token may carry; what each may do stands at the routes, and the table in the docs is made from them. */
export const ROLES = [
  'referrer',
  'intake',
  'triage-clinician',
  'team-lead',
  'coordinator',
  'manager',
  'commissioner',
  'privacy',
  'operations',
  'person',
  'service',
] as const;
export type Role = (typeof ROLES)[number];

/** Of what is nobody's secret: whoever signs in, and no service. */
export const EVERYBODY: Role[] = ROLES.filter((role) => role !== 'service');

export const PERMITTED_ROLES = 'homeward:permitted-roles';

/** Which roles may call a route. A route without it fails a test, and is refused at run time. */
export const Permit = (...roles: Role[]) => SetMetadata(PERMITTED_ROLES, roles);
