import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata';
import { nestedTypeOf } from './nested-type';

type Prototype = object;
type Options = Record<string, unknown>;

const PROPERTY = 'swagger/apiModelProperties';

/**
 * Gives every DTO the OpenAPI properties that its validators imply, so that a field is described once.
 * What `@ApiProperty` says besides, a description or an example, stays. Answers the DTOs' names.
 */
export function describeDtos(): string[] {
  const { validationMetadatas } = getMetadataStorage() as unknown as {
    validationMetadatas: Map<{ name: string; prototype: Prototype }, ValidationMetadata[]>;
  };
  for (const [{ prototype }, rules] of validationMetadatas) {
    for (const field of new Set(rules.map(({ propertyName }) => propertyName))) {
      const own = rules.filter(({ propertyName }) => propertyName === field);
      describe(prototype, field, own);
    }
  }
  return [...validationMetadatas.keys()].map(({ name }) => name);
}

function describe(prototype: Prototype, field: string, rules: ValidationMetadata[]): void {
  const said = (Reflect.getMetadata(PROPERTY, prototype, field) ?? {}) as Options;
  const implied = impliedBy(prototype, field, rules);
  const type = said['type'] === Object || said['type'] === Array ? (implied['type'] ?? said['type']) : said['type'];
  const options: Options = { ...implied, ...said, ...(type ? { type } : {}) };
  if (implied['required'] === false) options['required'] = false;
  ApiProperty(options as ApiPropertyOptions)(prototype, field);
}

function impliedBy(prototype: Prototype, field: string, rules: ValidationMetadata[]): Options {
  const implied: Options = Object.assign({}, ...rules.map(keywordsOf)) as Options;
  if (rules.some(({ type }) => type === 'nestedValidation')) implied['type'] = nestedTypeOf(prototype, field);
  if (rules.some(({ each }) => each)) implied['isArray'] = true;
  return implied;
}

type Keywords = (first: unknown, second: unknown) => Options;

const KEYWORDS: Record<string, Keywords> = {
  isString: () => ({ type: String }),
  isBoolean: () => ({ type: Boolean }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: Number }),
  isUuid: () => ({ type: String, format: 'uuid' }),
  isInstant: () => ({ type: String, format: 'date-time' }),
  isIn: (values) => typesOfValues(values as unknown[]),
  isEnum: (values) => typesOfValues(Object.values(values as object)),
  equals: (value) => ({ enum: [value] }),
  min: (minimum) => ({ minimum }),
  max: (maximum) => ({ maximum }),
  minLength: (minLength) => ({ minLength }),
  maxLength: (maxLength) => ({ maxLength }),
  isLength: (minLength, maxLength) => ({ minLength, maxLength }),
  matches: (pattern) => ({ type: String, pattern: (pattern as RegExp).source }),
  arrayMinSize: (minItems) => ({ minItems, isArray: true }),
  arrayMaxSize: (maxItems) => ({ maxItems, isArray: true }),
};

/** The keywords of one validator; of one that is not known here, none. */
function keywordsOf({ type, name = '', constraints = [] }: ValidationMetadata): Options {
  const [first, second] = constraints as unknown[];
  return type === 'conditionalValidation' ? { required: false } : (KEYWORDS[name]?.(first, second) ?? {});
}

const typesOfValues = (values: unknown[]): Options => ({ enum: values, type: typeof values[0] });
