import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '../../infra/local/checkout';
import { getToken } from '../../infra/local/issuer/token';
import { HELP, parseOptions, type StartOptions } from './options';
import { freeBlock } from './ports';
import { Population } from '../population/population';
import { playStory, type Story } from './story';
import { stopOnSignal } from './stop-on-signal';
import { System } from './system';
import { worthTrying } from './worth-trying';

const began = Date.now();
const say = (line: string): void => console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${line}`);

async function main(options: StartOptions): Promise<void> {
  const folder = join(stateFolder(), options.kafka ? 'kafka-system' : 'system');
  if (options.reset) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const system = new System({ ports: await freeBlock(options.port, say), folder, kafka: options.kafka, say });
  const population = options.people > 0 ? Population.in(folder, options) : undefined;
  stopOnSignal(async () => {
    await population?.stop();
    await system.stop();
  }, say);
  try {
    await system.start();
    const story = options.empty ? undefined : await storyOf(system, join(folder, 'story.json'), population?.begin);
    await welcome(system, story);
    await population?.play(system, say);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    await system.stop();
    process.exit(1);
  }
}

/** Played once; data are kept from one start to the next. */
async function storyOf(system: System, file: string, until = new Date()): Promise<Story> {
  if (!existsSync(file)) {
    say('Playing a small story …');
    const story = await playStory(system.gateway, system.issuer, until, (line) => say(`  ${line}`));
    writeFileSync(file, JSON.stringify(story, null, 2));
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Story;
}

async function welcome(system: System, story: Story | undefined): Promise<void> {
  const token = await getToken(system.issuer, 'intensive-lead');
  const lines = [
    '',
    `Homeward      ${system.gateway}`,
    `Documentation ${system.gateway}/docs`,
    ...(system.kafkaBrokers.length > 0 ? [`Kafka: ${system.kafkaBrokers.join(',')}`] : []),
    `Logs, data    ${system.folder}`,
    '',
    'A token of the lead of the intensive support team (12 h):',
    `export TOKEN=${token}`,
    '',
    ...(await worthTrying(system.gateway, token, story)),
  ];
  console.log(lines.join('\n'));
  say('Ready. Ctrl-C stops everything and keeps the data.');
}

let options: StartOptions | undefined;
try {
  options = parseOptions(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  process.exit(2);
}
if (options) void main(options);
else console.log(HELP);
