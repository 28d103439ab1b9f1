import type { Bench } from './bench';
import { http } from './http/http.bench';
import { queries } from './queries/queries.bench';
import { secondWall } from './queries/second-wall.bench';
import { rebuild } from './rebuild/rebuild.bench';
import { relay } from './relay/relay.bench';
import { delivery } from './system/delivery.bench';
import { referrals } from './system/referrals.bench';
import { twins } from './twins/twins.bench';
import { write } from './write/write.bench';

/** In the order in which `npm run bench` takes them. */
export const BENCHES: Bench[] = [write, relay, http, referrals, delivery, rebuild, queries, secondWall, twins];
