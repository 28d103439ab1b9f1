import { roleName } from '@homeward/persistence';
import { schemaOf } from '../reader/installed';
import type { Projection } from '../subscription';

/**
 * Where a rebuild fills its tables: beside the live `<projection>_<generation>`, whose name it takes in the swap. So a
 * generation can be rebuilt as it is, and the live schema always has the name that the code writes to.
 */
export const nextSchemaOf = (projection: Projection): string => `${schemaOf(projection)}_next`;

export const createSchema = (service: string, projection: Projection, schema: string): string[] => [
  `DROP SCHEMA IF EXISTS ${schema} CASCADE`,
  `CREATE SCHEMA ${schema}`,
  `GRANT USAGE ON SCHEMA ${schema} TO ${roleName(service, 'app')}, ${roleName(service, 'worker')}`,
  ...projection.create(schema),
];

/** What requests read. Without `security_invoker` a view shows every row that the tables' policies hide. */
export const createViews = (service: string, projection: Projection): string[] =>
  projection.tables.flatMap((table) => [
    `DROP VIEW IF EXISTS public.${table}`,
    `CREATE VIEW public.${table} WITH (security_invoker = true) AS SELECT * FROM ${schemaOf(projection)}.${table}`,
    `GRANT SELECT ON public.${table} TO ${roleName(service, 'app')}, ${roleName(service, 'worker')}`,
  ]);

/** The next tables become the live ones. The views of the old ones go with their schema. */
export const swapSchemas = (service: string, projection: Projection, liveGeneration: number | undefined): string[] => [
  ...(liveGeneration === undefined
    ? []
    : [`DROP SCHEMA IF EXISTS ${schemaOf({ name: projection.name, generation: liveGeneration })} CASCADE`]),
  `ALTER SCHEMA ${nextSchemaOf(projection)} RENAME TO ${schemaOf(projection)}`,
  ...createViews(service, projection),
];
