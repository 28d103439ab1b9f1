import { ROLES } from '@homeward/auth';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../infra/local/checkout';
import { SECOND_WALL } from '../reference/second-wall';
import { CONDITIONS } from './conditions';

/** One policy, once dropped, inverted or widened. */
export interface AccessMutant {
  name: string;
  file: string;
  mutate(text: string): string;
  suite: string;
  /** The tests of the suite that are asked first, because all of them take minutes: a pattern of their names. */
  first?: string;
}

const TABLE = 'tools/reference/who-may.spec.ts';
const CELLS = 'e2e/who-may.int.spec.ts';
const ALL = JSON.stringify(ROLES);

/** Nobody may, all others may, everybody may. */
const PERMITS: Record<string, (may: string) => string> = {
  dropped: () => '[]',
  inverted: (may) => `(${ALL} as never[]).filter((one) => !(${may} as string[]).includes(one))`,
  widened: () => `${ALL} as never`,
};

function permits(): AccessMutant[] {
  return httpFiles().flatMap((file) =>
    [...textOf(file).matchAll(/action: '([a-z-]+)'[^]*?\bmay: (\[[^\]]*\]|\w+),\n/g)].flatMap(
      ([whole, action, may = '']) =>
        Object.entries(PERMITS).map(([how, change]) => ({
          ...{ name: `permit ${action} ${how}`, file, suite: TABLE },
          mutate: (text: string) =>
            text.replace(
              whole,
              whole.replace(`may: ${may},`, () => `may: ${change(may)},`),
            ),
        })),
    ),
  );
}

function conditions(): AccessMutant[] {
  return CONDITIONS.flatMap(({ of, file, from, first, suite = CELLS, ...ways }) =>
    Object.entries(ways).map(([how, to]) => ({
      ...{ name: `condition ${of} ${how}`, file, suite, first },
      mutate: (text: string) => text.replace(from, () => to),
    })),
  );
}

/** A table shows all of its rows: by a migration more, or where a projection makes it. */
function secondWall(): AccessMutant[] {
  return Object.entries(SECOND_WALL).flatMap(([service, tables]) =>
    tables.map((table): AccessMutant => {
      const name = `policy ${service}.${table} dropped`;
      const projection = PROJECTED[table];
      const own = `...rowLevelSecurity(\`\${schema}.${table}\`),`;
      const about = { name, suite: CELLS, first: 'the second wall' };
      if (projection) return { ...about, file: projection, mutate: (text) => text.replace(own, '') };
      const file = `services/${service}/src/adapters/migrations/index.ts`;
      return { ...about, file, mutate: (text) => withoutPolicy(text, table) };
    }),
  );
}

/** Where the tables of projections are made: a migration that opened one would find no such table, and fail for that. */
export const PROJECTED: Record<string, string> = {
  deadline_list: 'services/flow/src/features/deadlines/deadline-list.projection.ts',
  journey: 'services/flow/src/features/journey/journey.projection.ts',
  open_referral: 'services/flow/src/features/holders/open-referral.projection.ts',
};

const withoutPolicy = (text: string, table: string): string =>
  text.replace(/export const migrations.* = \[/, 'const before: any[] = [').concat(`
class Opened1999999999999 {
  readonly name = 'Opened1999999999999';
  up = (runner) => runner.query('ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY');
}
export const migrations: any[] = [...before, Opened1999999999999];
`);

export const accessMutants = (): AccessMutant[] => [...permits(), ...conditions(), ...secondWall()];

const textOf = (file: string): string => readFileSync(join(checkoutRoot(), file), 'utf8');

const httpFiles = (): string[] =>
  readdirSync(join(checkoutRoot(), 'services'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.http.ts'))
    .map((file) => join('services', file))
    .sort();
