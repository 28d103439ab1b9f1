import type { EventContract } from '../event-contract';
import { personRegistered } from './person-registered';

export * from './person-registered';

export const peopleEvents: EventContract[] = [personRegistered];
