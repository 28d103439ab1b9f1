import { InvalidConfig } from '@homeward/bootstrap';
import { Misuse, runCommand } from './command';
import { commands } from './commands';
import { useLocalSystem } from './environment';

useLocalSystem();
runCommand(commands, process.argv.slice(2)).then(
  (isWell) => process.exit(isWell ? 0 : 1),
  (error: unknown) => {
    const said = error instanceof Misuse || error instanceof InvalidConfig;
    console.error(said ? error.message : error);
    process.exit(said ? 2 : 1);
  },
);
