import { allRoutes } from './permissions';
import { WHO_MAY } from './who-may';

const nameOf = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;

it('the table has every route, and no other', () => {
  expect(Object.keys(WHO_MAY).sort()).toEqual(allRoutes().map(nameOf).sort());
});

it.each(allRoutes().map((route) => [nameOf(route), route] as const))(
  'the decorator of %s permits whom the table names',
  (name, { roles }) => {
    expect([...roles].sort()).toEqual([...(WHO_MAY[name]?.may ?? [])].sort());
  },
);
