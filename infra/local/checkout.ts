import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The checkout's top folder, whether this file runs from the sources or from `dist/`. */
export function checkoutRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package-lock.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error(`No package-lock.json above ${__dirname}: this is not a checkout of Homeward.`);
    folder = parent;
  }
  return folder;
}

/** Where everything that a local run makes is kept, outside git: data, logs, keys, Kafka's jars. */
export function stateFolder(): string {
  return process.env['HOMEWARD_STATE'] ?? join(checkoutRoot(), '.homeward');
}
