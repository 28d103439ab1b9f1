import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { catalogue } from './catalogue';

const ajv = addFormats(new Ajv2020({ allErrors: true, strict: false }));
const compiled = new Map<string, { closed: ValidateFunction; open: ValidateFunction }>();

/** Producers send what the schema has and nothing else. Returns what is wrong, by pointer; never a value. */
export const validateProduced = (type: string, data: unknown): string[] => run(validators(type).closed, data);

/** Readers pass over fields that a newer minor added. */
export const validateConsumed = (type: string, data: unknown): string[] => run(validators(type).open, data);

function validators(type: string) {
  let pair = compiled.get(type);
  if (!pair) {
    const contract = catalogue.get(type);
    if (!contract) throw new Error(`${type} is not in the catalogue`);
    pair = { closed: ajv.compile(contract.schema), open: ajv.compile(opened(contract.schema) as object) };
    compiled.set(type, pair);
  }
  return pair;
}

function run(validate: ValidateFunction, data: unknown): string[] {
  if (validate(data)) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message ?? 'is not valid'}`);
}

function opened(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(opened);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).filter(([key]) => key !== 'additionalProperties');
  return Object.fromEntries(entries.map(([key, value]) => [key, opened(value)]));
}
