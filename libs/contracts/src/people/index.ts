import type { EventContract } from '../event-contract';
import { breakGlassOpened } from './break-glass-opened';
import { breakGlassReviewed } from './break-glass-reviewed';
import { consentDecided } from './consent-decided';
import { consentWithdrawn } from './consent-withdrawn';
import { contactEnded } from './contact-ended';
import { contactRecorded } from './contact-recorded';
import { needEnded } from './need-ended';
import { needRecorded } from './need-recorded';
import { personAliasAdded } from './person-alias-added';
import { personDied } from './person-died';
import { personErased } from './person-erased';
import { personFactsChanged } from './person-facts-changed';
import { personMerged } from './person-merged';
import { personRegistered } from './person-registered';

export * from './break-glass-opened';
export * from './break-glass-reviewed';
export * from './consent-decided';
export * from './consent-withdrawn';
export * from './contact-ended';
export * from './contact-recorded';
export * from './need-ended';
export * from './need-recorded';
export * from './person-alias-added';
export * from './person-died';
export * from './person-erased';
export * from './person-facts-changed';
export * from './person-merged';
export * from './person-registered';

export const peopleEvents: EventContract[] = [
  personRegistered,
  personFactsChanged,
  personDied,
  personMerged,
  personAliasAdded,
  personErased,
  breakGlassOpened,
  breakGlassReviewed,
  needRecorded,
  needEnded,
  contactRecorded,
  contactEnded,
  consentDecided,
  consentWithdrawn,
];
