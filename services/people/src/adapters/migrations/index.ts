import { AuditChain1764090000000 } from './audit-chain';
import { Begin1764028800000 } from './begin';
import { BreakGlass1764093600000 } from './break-glass';
import { Consents1764126000000 } from './consents';
import { Contacts1764118800000 } from './contacts';
import { EachRightForItself1764129600000 } from './each-right-for-itself';
import { Erasure1764104400000 } from './erasure';
import { Needs1764115200000 } from './needs';
import { PeopleChange1764061200000 } from './people-change';
import { RestrictedHomes1764108000000 } from './restricted-homes';
import { RightsByIndex1764072000000 } from './rights-by-index';

export const migrations = [
  Begin1764028800000,
  PeopleChange1764061200000,
  RightsByIndex1764072000000,
  AuditChain1764090000000,
  BreakGlass1764093600000,
  Erasure1764104400000,
  RestrictedHomes1764108000000,
  Needs1764115200000,
  Contacts1764118800000,
  Consents1764126000000,
  EachRightForItself1764129600000,
];
