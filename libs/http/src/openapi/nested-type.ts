import type { MetadataStorage } from 'class-transformer/types/MetadataStorage';

/** class-transformer keeps `@Type(() => …)` in a storage that its index does not export. */
const { defaultMetadataStorage } = require('class-transformer/cjs/storage') as {
  defaultMetadataStorage: MetadataStorage;
};

/** The class of a nested DTO: from `@Type(() => …)`, else the field's own. */
export function nestedTypeOf(prototype: object, field: string): unknown {
  const constructor = prototype.constructor as Parameters<MetadataStorage['findTypeMetadata']>[0];
  const converted = defaultMetadataStorage.findTypeMetadata(constructor, field);
  return converted?.typeFunction?.() ?? (Reflect.getMetadata('design:type', prototype, field) as unknown);
}
