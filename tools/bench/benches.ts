import type { Bench } from './bench';
import { write } from './write/write.bench';

/** In the order in which `npm run bench` takes them. */
export const BENCHES: Bench[] = [write];
