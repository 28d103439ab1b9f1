import type { MigrationClass } from '@homeward/persistence';
import { AuditChain1764090000000 } from './audit-chain';
import { Begin1764028800000 } from './begin';
import { CareContacts1764122400000 } from './care-contacts';
import { ClosingByDeath1764079200000 } from './closing-by-death';
import { Deadlines1764093600000 } from './deadlines';
import { EachRightForItself1764129600000 } from './each-right-for-itself';
import { Erasure1764104400000 } from './erasure';
import { InDepth1764061200000 } from './in-depth';
import { PersonAlias1764064800000 } from './person-alias';
import { RightsByIndex1764072000000 } from './rights-by-index';
import { RunningByDue1764133200000 } from './running-by-due';
import { WorklistOfTeam1764068400000 } from './worklist-of-team';

/** In the order in which they run. */
export const migrations: MigrationClass[] = [
  Begin1764028800000,
  InDepth1764061200000,
  PersonAlias1764064800000,
  WorklistOfTeam1764068400000,
  RightsByIndex1764072000000,
  ClosingByDeath1764079200000,
  AuditChain1764090000000,
  Deadlines1764093600000,
  Erasure1764104400000,
  CareContacts1764122400000,
  EachRightForItself1764129600000,
  RunningByDue1764133200000,
];
