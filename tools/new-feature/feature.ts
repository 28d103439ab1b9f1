import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pastTense } from './past-tense';

/** A command to begin, by its names. */
export interface Feature {
  service: string;
  /** `raise-priority`: the folder, the action and the path. */
  name: string;
  /** `raise`, `raised` */
  verb: string;
  past: string;
  /** `referral` */
  aggregate: string;
  /** `priority-raised`, or `withdrawn` where the noun is the aggregate itself. */
  event: string;
}

/** Names that cannot be used, said without a stack. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}

export const HELP = `npm run new:feature -- <service> <verb-noun> [--aggregate <noun>] [--event <past-tense>]

Writes the four new files of a command: its route, its handler, its suite and the schema of its event. They compile as
they are; the suite is red until it is written. Then it says which files are to be edited.

  --aggregate   what the command is about, if that is not the noun: raise-priority --aggregate referral
  --event       the event's name, if that is not the verb's past tense: raise-priority gives priority-raised

docs/how-to/add-a-feature.md shows one from beginning to end.`;

const NAME = /^[a-z]+(-[a-z]+)+$/;
const EVENT = /^[a-z]+(-[a-z]+)*$/;

export function featureOf(args: string[], root: string): Feature {
  const { service = '', name = '', ...given } = parse(args);
  const services = servicesIn(root);
  if (!services.includes(service)) throw new Misuse(`There is no service "${service}": ${services.join(', ')}.`);
  if (!NAME.test(name)) throw new Misuse(`"${name}" is no verb-noun in kebab-case, such as accept-referral.`);
  const [verb = '', ...words] = name.split('-');
  const noun = words.join('-');
  const aggregate = given.aggregate ?? noun;
  const known = aggregatesOf(root, service);
  if (!known.includes(aggregate)) {
    throw new Misuse(`${service} has no "${aggregate}": name one with --aggregate: ${known.join(', ')}.`);
  }
  const past = pastTense(verb);
  const event = given.event ?? (noun === aggregate ? past : `${noun}-${past}`);
  if (!EVENT.test(event)) throw new Misuse(`"${event}" is no name of an event in kebab-case, such as accepted.`);
  const feature = { service, name, verb, past, aggregate, event };
  refuseTaken(feature, root);
  return feature;
}

export const folderOf = ({ service, name }: Feature): string => `services/${service}/src/features/${name}`;
export const contractFileOf = ({ service, aggregate, event }: Feature): string =>
  `libs/contracts/src/${service}/${aggregate}-${event}.ts`;

function parse(args: string[]) {
  try {
    const options = { aggregate: { type: 'string' }, event: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [service, name, ...more] = positionals;
    if (more.length > 0) throw new Error(`What is "${more.join(' ')}"?`);
    return { service, name, ...values };
  } catch (error) {
    throw new Misuse(`${(error as Error).message}\n\n${HELP}`);
  }
}

function refuseTaken(feature: Feature, root: string): void {
  for (const path of [folderOf(feature), contractFileOf(feature)]) {
    if (existsSync(join(root, path))) throw new Misuse(`${path} is there already: choose another name.`);
  }
  for (const service of servicesIn(root)) {
    const features = join(root, 'services', service, 'src', 'features');
    const routes = filesIn(features).filter((file) => file.endsWith('.http.ts'));
    const taken = routes.find((file) => readFileSync(join(features, file), 'utf8').includes(`'${feature.name}'`));
    if (taken) throw new Misuse(`${service} has the action "${feature.name}" already: ${taken}.`);
  }
}

const servicesIn = (root: string): string[] =>
  readdirSync(join(root, 'services')).filter((name) =>
    existsSync(join(root, 'services', name, 'src', `${name}.module.ts`)),
  );

/** What a service publishes about. */
const aggregatesOf = (root: string, service: string): string[] =>
  filesIn(join(root, 'services', service, 'src', 'adapters')).flatMap(
    (file) => /^(.+)\.publication\.ts$/.exec(file)?.[1] ?? [],
  );

const filesIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
