/**
 * The tables with a person that requests may read, by service: each shows an organisation nothing of somebody whom it has
 * no relationship with. `e2e/who-may.int.spec.ts` compares this with the databases.
 */
export const SECOND_WALL: Record<string, readonly string[]> = {
  people: [
    'break_glass',
    'consent',
    'contact',
    'home',
    'identity_question',
    'need',
    'person',
    'registration',
    'told_of_erasure',
  ],
  referrals: ['deadline', 'referral', 'referral_step'],
  flow: [
    'accountability',
    'accountability_fact',
    'deadline',
    'deadline_list',
    'episode',
    'episode_team',
    'hospital_stay',
    'journey',
    'open_referral',
    'transfer',
    'work_item',
  ],
};
