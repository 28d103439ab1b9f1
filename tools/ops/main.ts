import { InvalidConfig } from '@homeward/bootstrap';
import { Misuse, runCommand } from './command';
import { logCommands } from './log';
import { migrateCommand } from './migrate';
import { parkedCommands } from './parked';
import { projectionCommands } from './projections';
import { rebuildRelationshipsCommand } from './relationships';
import { relayCommand } from './relay';

const commands = [
  migrateCommand,
  ...logCommands,
  relayCommand,
  ...parkedCommands,
  rebuildRelationshipsCommand,
  ...projectionCommands,
];

runCommand(commands, process.argv.slice(2)).then(
  () => process.exit(),
  (error: unknown) => {
    const said = error instanceof Misuse || error instanceof InvalidConfig;
    console.error(said ? error.message : error);
    process.exit(said ? 2 : 1);
  },
);
