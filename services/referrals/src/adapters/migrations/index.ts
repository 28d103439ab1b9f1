import type { MigrationClass } from '@homeward/persistence';
import { Begin1764028800000 } from './begin';
import { InDepth1764061200000 } from './in-depth';

/** In the order in which they run. */
export const migrations: MigrationClass[] = [Begin1764028800000, InDepth1764061200000];
