import { deadlineContracts } from '../deadline-events';

/** C1, TRI-02, TRI-04: until somebody has triaged, answered, acknowledged. */
export const referralsDeadlines = deadlineContracts('referrals', {
  about: 'referral/0199b6a0-0000-7000-8000-000000000010',
  ruleId: 'C1.urgent',
});
