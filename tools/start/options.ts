import { parseArgs } from 'node:util';

export interface StartOptions {
  /** No story and no population is played. */
  empty: boolean;
  /** How many people the population has; 0 for the story alone. */
  people: number;
  /** The same seed, the same population. */
  seed: string;
  /** Data of earlier runs are deleted first. */
  reset: boolean;
  kafka: boolean;
  port: number;
}

export const HELP = `npm start -- [--people N] [--seed S] [--empty] [--reset] [--port N]
  --people N  how many people are followed through a year behind the story (500); 0 for the story alone
  --seed S    the same seed, the same people and years (1)
  --empty     play no story and no population
  --reset     delete the data of earlier runs first
  --port N    first port of the set (8080); all ports move together
npm run start:kafka does the same on Apache Kafka.`;

/** Undefined when only help was asked for. */
export function parseOptions(args: string[]): StartOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      people: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      empty: { type: 'boolean', default: false },
      reset: { type: 'boolean', default: false },
      kafka: { type: 'boolean', default: false },
      port: { type: 'string', default: '8080' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1024 || port > 64_000) throw new Error('--port takes a number, 1024 to 64000.');
  const people = Number(values.people);
  if (!Number.isInteger(people) || people < 0 || people > 100_000)
    throw new Error('--people takes a number, 0 to 100000.');
  const { empty, reset, kafka, seed } = values;
  return { empty, people: empty ? 0 : people, seed, reset, kafka, port };
}
