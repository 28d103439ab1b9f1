import type { Schema } from './schema-of-example';

/** `nullable: true` is OpenAPI 3.0; JSON Schema, and so 3.1, has null for a type. */
export function withoutNullable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNullable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutNullable(inner)]);
  const { nullable, ...schema } = Object.fromEntries(entries) as Schema;
  if (nullable !== true) return schema;
  if (typeof schema['type'] !== 'string' || 'allOf' in schema) {
    delete schema['type']; // beside a reference, null for a type would be taken back by the type of what is referred to
    return { anyOf: [unwrapped(schema), { type: 'null' }] };
  }
  const values = Array.isArray(schema['enum']) ? { enum: [...(schema['enum'] as unknown[]), null] } : {};
  return { ...schema, ...values, type: [schema['type'], 'null'] };
}

/** A reference that says no more than itself. */
function unwrapped({ allOf, ...rest }: Schema): unknown {
  return Array.isArray(allOf) && allOf.length === 1 && Object.keys(rest).length === 0
    ? (allOf[0] as unknown)
    : { ...rest, ...(allOf === undefined ? {} : { allOf }) };
}
