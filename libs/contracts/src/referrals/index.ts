import { allOf } from '../deadline-events';
import type { EventContract } from '../event-contract';
import { careContactRecorded } from './care-contact-recorded';
import { referralAccepted } from './referral-accepted';
import { referralClosed } from './referral-closed';
import { referralsDeadlines } from './referral-deadlines';
import { referralInformationReceived } from './referral-information-received';
import { referralInformationRequested } from './referral-information-requested';
import { referralReceived } from './referral-received';
import { referralRedirectAcknowledged } from './referral-redirect-acknowledged';
import { referralRedirectWithdrawn } from './referral-redirect-withdrawn';
import { referralRedirected } from './referral-redirected';
import { referralRejected } from './referral-rejected';
import { referralTriaged } from './referral-triaged';

export * from './care-contact-recorded';
export * from './referral-accepted';
export * from './referral-closed';
export * from './referral-deadlines';
export * from './referral-information-received';
export * from './referral-information-requested';
export * from './referral-received';
export * from './referral-redirect-acknowledged';
export * from './referral-redirect-withdrawn';
export * from './referral-redirected';
export * from './referral-rejected';
export * from './referral-triaged';

export const referralsEvents: EventContract[] = [
  referralReceived,
  referralInformationRequested,
  referralInformationReceived,
  referralTriaged,
  referralRedirected,
  referralRedirectAcknowledged,
  referralRedirectWithdrawn,
  referralAccepted,
  referralRejected,
  referralClosed,
  careContactRecorded,
  ...allOf(referralsDeadlines),
];
