import { inEveryService } from '@homeward/bootstrap';
import { SERVICES } from '../ops/services';
import { routesOf, type Route } from './routes';
import { openingInWords, WHO_MAY } from './who-may';

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
    '*Opened by* is the relationship with the person that a caller needs, while it holds; *own organisation*: what it was asked or',
    'wrote itself; *everybody*: nothing of a person is told. It stands in `tools/reference/who-may.ts`, and a suite asks every route as',
    'every role in every relationship, before, during and after it.',
    '',
    'Routes with `internal` in them are for services among themselves and are not routed by the gateway.',
    '',
    ...[...SERVICES, { name: 'every service', module: inEveryService('<service>') }].flatMap((service) => [
      `## ${service.name}`,
      '| route | action | needs | who may | opened by |',
      '| --- | --- | --- | --- | --- |',
      ...routesOf(service).map(row),
      '',
    ]),
  ].join('\n');
}

function row({ method, path, action, roles, ifMatch, idempotencyKey }: Route): string {
  const needs = [...(idempotencyKey ? ['key'] : []), ...(ifMatch ? ['version'] : [])].join(', ');
  const opening = WHO_MAY[`${method} ${path}`];
  const opened = opening ? openingInWords(opening) : 'everybody';
  return `| \`${method} ${path}\` | ${action} | ${needs} | ${roles.join(', ')} | ${opened} |`;
}
