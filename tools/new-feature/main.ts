import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { checkoutRoot } from '../../infra/local/checkout';
import { contractFileOf, featureOf, folderOf, HELP, Misuse, type Feature } from './feature';
import { classNameOf, contractNameOf, filesOf } from './templates';

/** `npm run new:feature`: begins a command. */
async function main(args: string[]): Promise<void> {
  if (args.length === 0 || args.includes('--help') || args.includes('-h')) return console.log(HELP);
  const root = checkoutRoot();
  const feature = featureOf(args, root);
  console.log('Written:');
  for (const [path, text] of Object.entries(filesOf(feature))) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
    console.log(`  ${path}`);
  }
  console.log(next(feature));
}

function next(feature: Feature): string {
  const { service, aggregate, event } = feature;
  const [contract, command] = [contractNameOf(feature), classNameOf(feature)];
  const file = /([^/]+)\.ts$/.exec(contractFileOf(feature))?.[1];
  return `
To edit:
  libs/contracts/src/${service}/index.ts
      export * from './${file}', and ${contract} in ${service}Events
  services/${service}/src/domain/${aggregate}.ts
      the event '${event}', the function that decides it, evolve
  services/${service}/src/adapters/${aggregate}.publication.ts
      the case '${event}': newEvent(${contract}, …)
  services/${service}/src/${service}.module.ts
      ${command}Controller and ${command}Handler
Then the handler, the route's roles and body, and the suite, which is red until it says what is true:
  npm test -- ${folderOf(feature)}
docs/how-to/add-a-feature.md shows one from beginning to end.`;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Misuse ? error.message : error);
  process.exit(error instanceof Misuse ? 2 : 1);
});
