/** JSON Schema, as OpenAPI 3.1 takes it. */
export interface Schema {
  [keyword: string]: unknown;
}

/** The schema of an answer that is given by an example only: every field that the example shows. */
export function schemaOfExample(example: unknown): Schema {
  if (Array.isArray(example)) return { type: 'array', items: schemaOfExample(example[0] ?? '') };
  if (typeof example === 'object' && example !== null) {
    const properties = Object.entries(example).map(([name, value]) => [name, schemaOfExample(value)] as const);
    return { type: 'object', properties: Object.fromEntries(properties) };
  }
  if (typeof example === 'number') return { type: Number.isInteger(example) ? 'integer' : 'number' };
  return { type: typeof example === 'boolean' ? 'boolean' : 'string' };
}
