import { InvalidConfig } from '@homeward/bootstrap';
import { Misuse, runCommand } from './command';
import { useLocalSystem } from './environment';
import { logCommands } from './log';
import { migrateCommand } from './migrate';
import { parkedCommands } from './parked';
import { projectionCommands } from './projections';
import { referenceCommand } from './reference';
import { relayCommand } from './relay';

const commands = [
  migrateCommand,
  ...logCommands,
  relayCommand,
  ...parkedCommands,
  ...projectionCommands,
  referenceCommand,
];

useLocalSystem();
runCommand(commands, process.argv.slice(2)).then(
  () => process.exit(),
  (error: unknown) => {
    const said = error instanceof Misuse || error instanceof InvalidConfig;
    console.error(said ? error.message : error);
    process.exit(said ? 2 : 1);
  },
);
