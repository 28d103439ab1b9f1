import { auditCommands } from './audit';
import type { Command } from './command';
import { databasesCommand } from './databases';
import { deadlineCommand } from './deadline';
import { eraseCommand } from './erase';
import { logCommands } from './log';
import { migrateCommand } from './migrate';
import { parkedCommands } from './parked';
import { policyCommand } from './policy';
import { projectionCommands } from './projections';
import { referenceCommand } from './reference';
import { relayCommand } from './relay';

export const commands: readonly Command[] = [
  databasesCommand,
  migrateCommand,
  ...logCommands,
  relayCommand,
  ...parkedCommands,
  ...projectionCommands,
  ...auditCommands,
  eraseCommand,
  deadlineCommand,
  policyCommand,
  referenceCommand,
];
