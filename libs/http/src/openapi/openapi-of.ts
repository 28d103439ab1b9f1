import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_RESPONSES, PROBLEM_SCHEMA } from './components';
import { describeDtos } from './describe-dtos';
import type { Schema } from './schema-of-example';
import { withoutNullable } from './without-nullable';

export interface Described {
  name: string;
  description: string;
}

type Operation = Schema & {
  summary?: string;
  parameters?: (Schema & { in: string; name: string; schema: Schema })[];
  responses: Record<string, Schema>;
};

/** The service's OpenAPI 3.1, from its routes and DTOs. */
export function openApiOf(app: INestApplication, { name, description }: Described): OpenAPIObject {
  const dtos = describeDtos();
  const settings = new DocumentBuilder()
    .setTitle(`Homeward: ${name}`)
    .setDescription(description)
    .setVersion('1.0')
    .setOpenAPIVersion('3.1.0')
    .setContact('Homeward', 'https://homeward.example', '')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'token')
    .build();
  const document = SwaggerModule.createDocument(app, settings);
  document.info.license = { name: 'Apache-2.0', identifier: 'Apache-2.0' } as never;
  document.info.contact = { name: 'Homeward', url: 'https://homeward.example' };
  const tags = new Set<string>();
  for (const [path, item] of Object.entries(document.paths)) {
    const tag = path.split('/')[1] ?? name;
    tags.add(tag);
    for (const operation of Object.values(item) as Operation[]) complete(operation, tag);
  }
  document.tags = [...tags].map((tag) => ({ name: tag, description }));
  const components = (document.components ??= {});
  // Unknown fields are refused.
  for (const dto of dtos) Object.assign(components.schemas?.[dto] ?? {}, { additionalProperties: false });
  components.schemas = { ...components.schemas, Problem: PROBLEM_SCHEMA as never };
  components.responses = { ...components.responses, ...(PROBLEM_RESPONSES as never as object) };
  return withoutNullable(document) as OpenAPIObject;
}

function complete(operation: Operation, tag: string): void {
  operation['tags'] = [tag];
  operation['description'] ??= operation.summary;
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in === 'path' && /(^i|I)d$/.test(parameter.name)) parameter.schema['format'] = 'uuid';
  }
  for (const status of Object.keys(operation.responses)) {
    if (Number(status) >= 400) operation.responses[status] = { $ref: `#/components/responses/Problem${status}` };
  }
}
