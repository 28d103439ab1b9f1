import type { Team } from './referral';

/** Whom to ring now, and when to ring whom. */
export interface CallNow {
  who: string;
  telephone: string;
  when: string;
}

/** A referral is not a call for help: whoever sees an immediate risk is told in the same answer whom to ring. */
export const callNow = (intake: Team): CallNow[] => [
  {
    who: 'Emergency services',
    telephone: '999',
    when: 'Somebody’s life is in danger, or somebody is badly hurt or about to be.',
  },
  {
    who: 'NHS 111, then option 2: urgent help with mental health, at any hour',
    telephone: '111',
    when: 'Somebody needs help today and nobody’s life is in danger.',
  },
  {
    who: 'The intake that has this referral',
    telephone: intake.telephone,
    when: 'Always, as well: say that you have just referred somebody who is at immediate risk.',
  },
];
