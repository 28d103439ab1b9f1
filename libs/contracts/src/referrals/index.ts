import type { EventContract } from '../event-contract';

export const referralsEvents: EventContract[] = [];
