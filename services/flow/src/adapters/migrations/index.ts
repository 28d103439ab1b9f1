import type { MigrationClass } from '@homeward/persistence';
import { AliasByOldId1764075600000 } from './alias-by-old-id';
import { AuditChain1764090000000 } from './audit-chain';
import { Begin1764028800000 } from './begin';
import { ClosingOfADeath1764079200000 } from './closing-of-a-death';
import { Deadlines1764093600000 } from './deadlines';
import { EachRightForItself1764129600000 } from './each-right-for-itself';
import { Erasure1764104400000 } from './erasure';
import { HospitalStays1764061200000 } from './hospital-stays';
import { OpenTransfers1764068400000 } from './open-transfers';
import { PersonAlias1764064800000 } from './person-alias';
import { RightsByIndex1764072000000 } from './rights-by-index';
import { RunningByDue1764133200000 } from './running-by-due';
import { SettleWorkItems1764082800000 } from './settle-work-items';
import { TransferAnswers1764070200000 } from './transfer-answers';

/** In the order in which they run. */
export const migrations: MigrationClass[] = [
  Begin1764028800000,
  HospitalStays1764061200000,
  PersonAlias1764064800000,
  OpenTransfers1764068400000,
  TransferAnswers1764070200000,
  RightsByIndex1764072000000,
  AliasByOldId1764075600000,
  ClosingOfADeath1764079200000,
  SettleWorkItems1764082800000,
  AuditChain1764090000000,
  Deadlines1764093600000,
  Erasure1764104400000,
  EachRightForItself1764129600000,
  RunningByDue1764133200000,
];
