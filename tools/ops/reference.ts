import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../infra/local/checkout';
import { PAGES } from '../reference/pages';
import type { Command } from './command';

export const referenceCommand: Command = {
  name: 'reference',
  usage: '',
  summary: 'Writes anew the pages of docs that are made: events, permissions, configuration, hazards. For developers.',
  async run() {
    for (const [file, page] of Object.entries(PAGES)) {
      writeFileSync(join(checkoutRoot(), 'docs', file), page());
      console.log(`docs/${file}`);
    }
  },
};
