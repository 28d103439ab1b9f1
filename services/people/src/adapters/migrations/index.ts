import { Begin1764028800000 } from './begin';
import { PeopleChange1764061200000 } from './people-change';

export const migrations = [Begin1764028800000, PeopleChange1764061200000];
