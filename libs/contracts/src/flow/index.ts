import type { EventContract } from '../event-contract';

export const flowEvents: EventContract[] = [];
