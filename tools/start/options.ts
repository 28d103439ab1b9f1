import { parseArgs } from 'node:util';

export interface StartOptions {
  /** No story is played. */
  empty: boolean;
  /** Data of earlier runs are deleted first. */
  reset: boolean;
  kafka: boolean;
  port: number;
}

export const HELP = `npm start -- [--empty] [--reset] [--port N]
  --empty   play no story
  --reset   delete the data of earlier runs first
  --port N  first port of the set (8080); all ports move together
npm run start:kafka does the same on Apache Kafka.`;

/** Undefined when only help was asked for. */
export function parseOptions(args: string[]): StartOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
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
  return { empty: values.empty, reset: values.reset, kafka: values.kafka, port };
}
