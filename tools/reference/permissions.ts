import { inEveryService } from '@homeward/bootstrap';
import { SERVICES } from '../ops/services';
import { routesOf, type Route } from './routes';

export const allRoutes = (): Route[] => SERVICES.flatMap(routesOf);

/** `docs/reference/permissions.md`: who may call which route, from the decorators that the guard reads. */
export function permissionsPage(): string {
  return [
    '# Permissions',
    'Made from the decorators at the routes; `npm run ops -- reference` writes it anew, and a test fails when it is old.',
    '',
    'A caller acts in the first of the roles that their token has. A role opens a route; whose data it shows is decided',
    'by relationships ([who may see whom](../explanation/who-may-see-whom.md)), and somebody else’s person is 404.',
    '`key` is `Idempotency-Key`, a UUID drawn once for the command; `version` is `If-Match`, the `ETag` that was read.',
    'Routes with `internal` in them are for services among themselves and are not routed by the gateway.',
    '',
    ...[...SERVICES, { name: 'every service', module: inEveryService('<service>') }].flatMap((service) => [
      `## ${service.name}`,
      '| route | action | needs | who may |',
      '| --- | --- | --- | --- |',
      ...routesOf(service).map(row),
      '',
    ]),
  ].join('\n');
}

function row({ method, path, action, roles, ifMatch, idempotencyKey }: Route): string {
  const needs = [...(idempotencyKey ? ['key'] : []), ...(ifMatch ? ['version'] : [])].join(', ');
  return `| \`${method} ${path}\` | ${action} | ${needs} | ${roles.join(', ')} |`;
}
