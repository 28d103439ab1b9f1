import { catalogue, type EventContract } from '@homeward/contracts';

/** `docs/reference/events.md`: every type that a service publishes, from its contract. */
export function eventsPage(): string {
  const contracts = [...catalogue.values()].sort((a, b) => a.type.localeCompare(b.type));
  return [
    '# Events',
    'Made from `libs/contracts`; `npm run reference` writes it anew, and a test fails when it is old. Every event is a',
    'CloudEvent (Kafka binding, binary mode); its data follows the schema below and holds codes, ids and instants, never a',
    'name, an NHS number, a birth date or free text.',
    '',
    '| type | stream | what it says |',
    '| --- | --- | --- |',
    ...contracts.map(({ type, stream, title }) => `| [\`${type}\`](#${anchor(type)}) | ${stream} | ${title} |`),
    '',
    ...contracts.flatMap(section),
  ].join('\n');
}

const anchor = (type: string): string => type.replaceAll('.', '');

function section({ type, minor, description, schema, example }: EventContract): string[] {
  const properties = (schema as { properties?: Record<string, { description?: string }> }).properties ?? {};
  const required = new Set((schema as { required?: string[] }).required ?? []);
  return [
    `## ${type}`,
    `${description}`,
    '',
    `Minor ${minor}.`,
    '',
    '| field | | means |',
    '| --- | --- | --- |',
    ...Object.entries(properties).map(
      ([name, property]) => `| \`${name}\` | ${required.has(name) ? '' : 'optional'} | ${describe(property)} |`,
    ),
    '',
    '```json',
    JSON.stringify(example, null, 2),
    '```',
    '',
  ];
}

/** A union says what it means at its branch. */
function describe(property: { description?: string; anyOf?: { description?: string }[] }): string {
  return property.description ?? property.anyOf?.find(({ description }) => description)?.description ?? '';
}
