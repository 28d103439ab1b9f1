import { deadlineContracts } from '../deadline-events';

/** Until the team that was asked has answered; overdue, others hear of it (TRF-07). */
export const flowDeadlines = deadlineContracts('flow', {
  about: 'transfer/0199b6a0-0000-7000-8000-000000000030',
  ruleId: 'TRF.response.urgent',
});
