import { parseSync } from '@swc/core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../infra/local/checkout';
import { allRoutes } from '../reference/permissions';
import { SECOND_WALL } from '../reference/second-wall';
import { SERVICES } from '../ops/services';
import { accessMutants, PROJECTED } from './access-mutants';

it.each(accessMutants())('$name changes its file, which can still be read', ({ file, mutate }) => {
  const text = readFileSync(join(checkoutRoot(), file), 'utf8');
  const mutated = mutate(text);
  expect(mutated).not.toBe(text);
  // A file that does not compile turns every suite red, and would pass for caught or for a suite that never ran.
  expect(() => parseSync(mutated, { syntax: 'typescript', decorators: true })).not.toThrow();
  const exported = mutated.match(/^export const (\w+)/gm) ?? [];
  expect(exported).toEqual([...new Set(exported)]);
});

it('every route is mutated three times, and every name is another', () => {
  const names = accessMutants().map(({ name }) => name);
  expect(names.filter((name) => name.startsWith('permit')).length).toBe(allRoutes().length * 3);
  expect(new Set(names).size).toBe(names.length);
});

it('the tables of every projection are opened where the projection makes them', () => {
  const tables = SERVICES.flatMap(({ name, projections }) =>
    projections.flatMap((projection) => projection.tables.filter((table) => SECOND_WALL[name]?.includes(table))),
  );
  expect(Object.keys(PROJECTED).sort()).toEqual(tables.sort());
});
