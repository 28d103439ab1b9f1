/** As much of an OpenAPI document as the gateway reads. */
export interface Document {
  info: { description?: string };
  paths: Record<string, unknown>;
  tags?: { name: string; description?: string }[];
  components?: Record<string, Record<string, unknown>>;
}

const INFO = {
  title: 'Homeward',
  version: '1.0',
  description:
    'Follows a person with a learning disability, or an autistic person, through the health and care system: who may help, who is responsible now, and how the person came here. Ask with a token (`Authorization: Bearer …`). Every change takes an `Idempotency-Key`; what has a version is changed with `If-Match`. What goes wrong is a problem (RFC 9457) with a stable `code`.',
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  contact: { name: 'Homeward', url: 'https://homeward.example' },
};

/** Means the same in every service, so it stands once. */
const SHARED = new Set(['Problem']);

/** One document of all services: schemas carry their service's name, internal routes are left out. */
export function mergeDocuments(documents: Record<string, Document>): object {
  const paths: Record<string, unknown> = {};
  const tags = new Map<string, object>();
  const components: Record<string, Record<string, unknown>> = {};
  for (const [service, original] of Object.entries(documents)) {
    const document = prefixed(service, original);
    const open = Object.entries(document.paths).filter(([path]) => !path.split('/').includes('internal'));
    Object.assign(paths, Object.fromEntries(open));
    for (const tag of document.tags ?? []) if (usesTag(open, tag.name)) tags.set(tag.name, tag);
    for (const [kind, items] of Object.entries(document.components ?? {})) {
      components[kind] = { ...components[kind], ...items };
    }
  }
  const servers = [{ url: '/' }];
  return {
    openapi: '3.1.0',
    info: INFO,
    servers,
    tags: [...tags.values()],
    paths,
    components: onlyUsed(paths, components),
  };
}

const usesTag = (paths: unknown, tag: string): boolean => JSON.stringify(paths).includes(`"tags":["${tag}"]`);

const SCHEMA = '#/components/schemas/';

function prefixed(service: string, document: Document): Document {
  const renamed = JSON.parse(JSON.stringify(document), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' && value.startsWith(SCHEMA)
      ? `${SCHEMA}${nameIn(service, value.slice(SCHEMA.length))}`
      : value,
  ) as Document;
  const schemas = Object.entries(renamed.components?.['schemas'] ?? {});
  const named = Object.fromEntries(schemas.map(([name, schema]) => [nameIn(service, name), schema]));
  return { ...renamed, components: { ...renamed.components, schemas: named } };
}

const nameIn = (service: string, name: string): string => (SHARED.has(name) ? name : `${service}.${name}`);

/** What only an internal route used is nobody's business outside. */
function onlyUsed(
  paths: unknown,
  components: Record<string, Record<string, unknown>>,
): Record<string, Record<string, unknown>> {
  const used = new Set<string>();
  const visit = (value: unknown): void => {
    for (const [, kind = '', name = ''] of JSON.stringify(value).matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)) {
      const reference = `${kind}/${name}`;
      if (used.has(reference)) continue;
      used.add(reference);
      visit(components[kind]?.[name] ?? null);
    }
  };
  visit(paths);
  const kept = Object.entries(components).map(([kind, items]) => {
    const all = kind === 'securitySchemes';
    return [kind, Object.fromEntries(Object.entries(items).filter(([name]) => all || used.has(`${kind}/${name}`)))];
  });
  return Object.fromEntries(kept) as Record<string, Record<string, unknown>>;
}
