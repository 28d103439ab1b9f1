import type { StillOpen } from '@homeward/bootstrap';
import { COPIED_FACTS, type Erasable } from '@homeward/persistence';

/** What was typed about the person. Who was responsible when, and why by code, stays. */
export const ERASABLE: readonly Erasable[] = [
  { table: 'transfer', what: 'explanations why a team said no to a transfer', columns: { explanation: 'NULL' } },
  COPIED_FACTS,
];

/** An accepted referral waits here for its episode; a stay lasts as long as its episode. */
export const STILL_OPEN: readonly StillOpen[] = [
  {
    what: 'an episode, or a hospital stay in it',
    count: 'SELECT count(*)::int AS rows FROM episode WHERE person_id = ANY ($1::uuid[]) AND closed_at IS NULL',
  },
  {
    what: 'a referral that no episode has taken up yet',
    count: 'SELECT count(*)::int AS rows FROM open_referral WHERE person_id = ANY ($1::uuid[]) AND stage < 3',
  },
];
