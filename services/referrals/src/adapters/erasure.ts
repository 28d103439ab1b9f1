import type { StillOpen } from '@homeward/bootstrap';
import { COPIED_FACTS, type Erasable } from '@homeward/persistence';

/** What was typed about the person. Codes, times and who decided stay. */
export const ERASABLE: readonly Erasable[] = [
  {
    table: 'referral',
    what: 'reasons, questions and explanations of their referrals',
    columns: {
      reason: `''`,
      question: 'NULL',
      triage_explanation: 'NULL',
      redirect_explanation: 'NULL',
      explanation: 'NULL',
    },
  },
  { table: 'referral_step', what: 'words that were written on the way of a referral', columns: { words: 'NULL' } },
  COPIED_FACTS,
];

export const STILL_OPEN: readonly StillOpen[] = [
  {
    what: 'a referral that nobody has decided',
    count: 'SELECT count(*)::int AS rows FROM referral WHERE person_id = ANY ($1::uuid[]) AND decided_at IS NULL',
  },
];
