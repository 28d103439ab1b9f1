const SLOW = ['TRF-07.managers', 'TRF-07.director'];
const FAST = ['TRF-07.on-call', 'TRF-07.director'];
const CONTACT_SLOW = ['C2.managers'];
const CONTACT_FAST = ['C2.on-call'];

/** What is overdue escalates and never closes by itself (TRF-07, TIM-11). Each rung is a rule that counts from when it was due. */
const LADDERS: Readonly<Record<string, readonly string[]>> = {
  'TRF.response.emergency': FAST,
  'TRF.response.very-urgent': FAST,
  'TRF.response.urgent': SLOW,
  'TRF.response.routine': SLOW,
  'C2.emergency': CONTACT_FAST,
  'C2.emergency-visit': CONTACT_FAST,
  'C2.very-urgent': CONTACT_FAST,
  'C2.urgent': CONTACT_SLOW,
  'C2.soon': CONTACT_SLOW,
  'C2.routine': CONTACT_SLOW,
};

/** The rules by which others hear of it, once something is overdue. */
export const ladderOf = (rule: string): readonly string[] => LADDERS[rule] ?? [];
