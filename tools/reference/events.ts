import { catalogue, relationshipsOf, type EventContract } from '@homeward/contracts';

/** `docs/reference/events.md`: every type that a service publishes, from its contract. */
export function eventsPage(): string {
  const contracts = [...catalogue.values()].sort((a, b) => a.type.localeCompare(b.type));
  return [
    '# Events',
    'Made from `libs/contracts`; `npm run ops -- reference` writes it anew, and a test fails when it is old. Every event is a',
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

function section(contract: EventContract): string[] {
  const { type, minor, description, schema, example } = contract;
  const properties = (schema as { properties?: Record<string, Described> }).properties ?? {};
  const required = new Set((schema as { required?: string[] }).required ?? []);
  return [
    `## ${type}`,
    `${description}`,
    '',
    `Minor ${minor}.${rights(contract)}`,
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

/** By the example: which rights to see the person the event opens and ends. */
function rights({ type, example }: EventContract): string {
  const event = { type, source: '', subject: '', sequence: 1n, personid: 'person', occurredat: '', data: example };
  const changes = relationshipsOf(event).map(({ change, kind }) => `${change}s the right \`${kind}\``);
  return changes.length > 0 ? ` It ${changes.join(', ')}.` : '';
}

interface Described {
  description?: string;
  anyOf?: Described[];
  properties?: Record<string, Described>;
}

/** A union says what it means at its branch, an object at its fields. */
function describe({ description, anyOf = [], properties = {} }: Described): string {
  if (description !== undefined) return description;
  const fields = Object.entries(properties).map(([name, field]) => `\`${name}\`: ${describe(field)}`);
  return [...fields, ...anyOf.map(describe)].filter((text) => text !== '').join('; ');
}
