const SLOW = ['TRF-07.managers', 'TRF-07.director'];
const FAST = ['TRF-07.on-call', 'TRF-07.director'];

/** An overdue answer escalates and never closes by itself (TRF-07). Each rung is a rule that counts from when it was due. */
const LADDERS: Readonly<Record<string, readonly string[]>> = {
  'TRF.response.emergency': FAST,
  'TRF.response.very-urgent': FAST,
  'TRF.response.urgent': SLOW,
  'TRF.response.routine': SLOW,
};

/** The rules by which others hear of it, once something is overdue. */
export const ladderOf = (rule: string): readonly string[] => LADDERS[rule] ?? [];
