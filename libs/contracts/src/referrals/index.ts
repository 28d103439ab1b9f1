import type { EventContract } from '../event-contract';
import { referralAccepted } from './referral-accepted';
import { referralReceived } from './referral-received';
import { referralRejected } from './referral-rejected';

export * from './referral-accepted';
export * from './referral-received';
export * from './referral-rejected';

export const referralsEvents: EventContract[] = [referralReceived, referralAccepted, referralRejected];
