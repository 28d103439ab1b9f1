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

/** The keywords of one validator; of one that is not known here, none. */
function keywordsOf({ type, name, constraints = [] }: ValidationMetadata): Options {
  const [first, second] = constraints as unknown[];
  if (type === 'conditionalValidation') return { required: false };
  switch (name) {
    case 'isString':
      return { type: String };
    case 'isBoolean':
      return { type: Boolean };
    case 'isInt':
      return { type: 'integer' };
    case 'isNumber':
      return { type: Number };
    case 'isUuid':
      return { type: String, format: 'uuid' };
    case 'isInstant':
    case 'isRFC3339':
      return { type: String, format: 'date-time' };
    case 'isIn':
      return typesOfValues(first as unknown[]);
    case 'isEnum':
      return typesOfValues(Object.values(first as object));
    case 'equals':
      return { enum: [first] };
    case 'min':
      return { minimum: first };
    case 'max':
      return { maximum: first };
    case 'minLength':
      return { minLength: first };
    case 'maxLength':
      return { maxLength: first };
    case 'isLength':
      return { minLength: first, maxLength: second };
    case 'matches':
      return { type: String, pattern: (first as RegExp).source };
    case 'arrayMinSize':
      return { minItems: first, isArray: true };
    case 'arrayMaxSize':
      return { maxItems: first, isArray: true };
    default:
      return {};
  }
}

const typesOfValues = (values: unknown[]): Options => ({ enum: values, type: typeof values[0] });
