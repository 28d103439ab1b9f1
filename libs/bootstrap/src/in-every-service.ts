import { Module, type Type } from '@nestjs/common';
import { AtRestController } from './at-rest.http';
import { internalAuditOf } from './internal-audit.http';

/** What every service answers besides its own routes, to the gateway and to other services. */
export function inEveryService(service: string): Type<unknown> {
  @Module({ controllers: [AtRestController, internalAuditOf(service)] })
  class InEveryService {}
  return InEveryService;
}
