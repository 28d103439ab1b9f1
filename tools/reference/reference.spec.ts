import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Module } from '@nestjs/common';
import { GATEWAY_MEANINGS, gatewayVariables, SERVICE_MEANINGS, serviceVariables, TELEMETRY } from './configuration';
import { PAGES } from './pages';
import { allRoutes } from './permissions';
import { routesOf } from './routes';

const root = join(__dirname, '..', '..');
const folder = join(root, 'docs');
const routes = allRoutes();

describe('the reference', () => {
  it.each(Object.keys(PAGES))('%s says what the code says (else: npm run ops -- reference)', (file) => {
    expect(readFileSync(join(folder, file), 'utf8')).toBe(PAGES[file]?.());
  });

  it('says of every variable what it is for, and of none that is not read', () => {
    expect(Object.keys(SERVICE_MEANINGS).sort()).toEqual([...serviceVariables().keys()].sort());
    expect(Object.keys(GATEWAY_MEANINGS).sort()).toEqual([...gatewayVariables().keys()].sort());
  });

  it('has every variable that is read past the configuration', () => {
    const files = ['libs', 'services'].flatMap((tree) =>
      readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' })
        .filter(
          (file) => /\.ts$/.test(file) && !/\.(spec|fixture|child)\.ts$/.test(file) && !file.startsWith('testing'),
        )
        .map((file) => readFileSync(join(root, tree, file), 'utf8')),
    );
    const read = files.flatMap((text) =>
      [...text.matchAll(/process\.env(?:\.|\[')([A-Z_]+)/g)].map(([, name]) => name),
    );
    const settled = ['OTEL_LOGS_EXPORTER'];
    const listed = [...TELEMETRY.map(([name]) => name), 'LOG_LEVEL', ...settled];
    expect([...new Set(read)].sort()).toEqual(listed.sort());
  });
});

describe('every route', () => {
  it('is found, with what it needs', () => {
    expect(routes.length).toBeGreaterThan(20);
    expect(routes).toContainEqual({
      ...{ service: 'referrals', method: 'POST', path: '/referrals/{id}/accept', action: 'accept-referral' },
      ...{ roles: ['triage-clinician', 'intake', 'team-lead'], ifMatch: true, idempotencyKey: true, status: 200 },
    });
  });

  it.each(routes)('$method $path permits somebody, and is named', ({ action, roles }) => {
    expect(roles).not.toEqual([]);
    expect(action).toMatch(/^[a-z]+(-[a-z]+)+$/);
  });

  it('has an action of its own: it names the route in the audit and in the API', () => {
    const actions = routes.map(({ action }) => action);
    expect(actions.filter((action, i) => actions.indexOf(action) !== i)).toEqual([]);
  });

  it('that permits nobody is found', () => {
    @Controller('planted')
    class Planted {
      @Get(':id/looks')
      look() {}
    }
    @Module({ controllers: [Planted] })
    class Inner {}
    @Module({ imports: [Inner] })
    class Outer {}
    expect(routesOf({ name: 'planted', module: Outer })).toEqual([
      expect.objectContaining({ method: 'GET', path: '/planted/{id}/looks', action: undefined, roles: [] }),
    ]);
  });
});
