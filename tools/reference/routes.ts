import { permittedRoles, type Role } from '@homeward/auth';
import type { ServiceDefinition } from '@homeward/bootstrap';
import { ROUTE, type RouteMeta } from '@homeward/http';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants';

/** A route as its controller declares it. Without `action` or `roles` it is closed to everybody, and a test fails. */
export interface Route {
  service: string;
  method: string;
  /** `/referrals/{id}/accept` */
  path: string;
  action?: string;
  roles: Role[];
  ifMatch: boolean;
  idempotencyKey: boolean;
  /** Of what succeeds: 201 for a creation, else 200. */
  status: number;
}

/** Every route of the controllers of a service, from the decorators that Nest and the guard read too. */
export function routesOf({ name, module }: Pick<ServiceDefinition, 'name' | 'module'>): Route[] {
  return controllersOf(module).flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype)
      .map((key) => (controller.prototype as Record<string, unknown>)[key])
      .filter((handler) => typeof handler === 'function' && Reflect.hasMetadata(METHOD_METADATA, handler))
      .map((handler) => routeOf(name, controller, handler as object)),
  );
}

function routeOf(service: string, controller: Type<unknown>, handler: object): Route {
  const meta = Reflect.getMetadata(ROUTE, handler) as RouteMeta | undefined;
  return {
    service,
    method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod],
    path: pathOf(controller, handler),
    action: meta?.action,
    roles: permittedRoles({ getHandler: () => handler, getClass: () => controller }),
    ifMatch: meta?.ifMatch ?? false,
    idempotencyKey: meta !== undefined && meta.kind !== 'query' && !meta.keyless,
    status: meta?.kind === 'creation' ? 201 : 200,
  };
}

function pathOf(...targets: object[]): string {
  const parts = targets.map((target) => Reflect.getMetadata(PATH_METADATA, target) as string);
  const path = parts.flatMap((part) => part.split('/')).filter((part) => part !== '');
  return `/${path.map((part) => part.replace(/^:(.+)$/, '{$1}')).join('/')}`;
}

function controllersOf(module: Type<unknown>): Type<unknown>[] {
  const listed = (key: string) => (Reflect.getMetadata(key, module) ?? []) as Type<unknown>[];
  return [...listed(MODULE_METADATA.CONTROLLERS), ...listed(MODULE_METADATA.IMPORTS).flatMap(controllersOf)];
}
