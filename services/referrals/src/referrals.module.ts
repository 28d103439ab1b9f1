import type { ServiceDefinition } from '@homeward/bootstrap';
import { referralsDeadlines } from '@homeward/contracts';
import { Module } from '@nestjs/common';
import { ERASABLE, STILL_OPEN } from './adapters/erasure';
import { migrations } from './adapters/migrations';
import { Registrations } from './adapters/registrations';
import { AcceptReferralHandler } from './features/accept-referral/accept-referral';
import { AcceptReferralController } from './features/accept-referral/accept-referral.http';
import { AcknowledgeRedirectHandler } from './features/acknowledge-redirect/acknowledge-redirect';
import { AcknowledgeRedirectController } from './features/acknowledge-redirect/acknowledge-redirect.http';
import { OnAliasAdded } from './features/on-alias-added/on-alias-added';
import { OnPersonDied } from './features/on-person-died/on-person-died';
import { OnPersonErased } from './features/on-person-erased/on-person-erased';
import { ReceiveReferralHandler } from './features/receive-referral/receive-referral';
import { ReceiveReferralController } from './features/receive-referral/receive-referral.http';
import { RecordCareContactHandler } from './features/record-care-contact/record-care-contact';
import { RecordCareContactController } from './features/record-care-contact/record-care-contact.http';
import { RecordInformationHandler } from './features/record-information/record-information';
import { RecordInformationController } from './features/record-information/record-information.http';
import { RedirectReferralHandler } from './features/redirect-referral/redirect-referral';
import { RedirectReferralController } from './features/redirect-referral/redirect-referral.http';
import { ReferralController } from './features/referral/referral.http';
import { RejectReferralHandler } from './features/reject-referral/reject-referral';
import { RejectReferralController } from './features/reject-referral/reject-referral.http';
import { RequestInformationHandler } from './features/request-information/request-information';
import { RequestInformationController } from './features/request-information/request-information.http';
import { teamDirectory } from './features/team-directory/team-directory.projection';
import { TriageReferralHandler } from './features/triage-referral/triage-referral';
import { TriageReferralController } from './features/triage-referral/triage-referral.http';
import { WithdrawRedirectHandler } from './features/withdraw-redirect/withdraw-redirect';
import { WithdrawRedirectController } from './features/withdraw-redirect/withdraw-redirect.http';
import { WithdrawReferralHandler } from './features/withdraw-referral/withdraw-referral';
import { WithdrawReferralController } from './features/withdraw-referral/withdraw-referral.http';
import { WorklistController } from './features/worklist/worklist.http';

@Module({
  controllers: [
    ReceiveReferralController,
    RequestInformationController,
    RecordInformationController,
    TriageReferralController,
    RedirectReferralController,
    AcknowledgeRedirectController,
    WithdrawRedirectController,
    AcceptReferralController,
    RejectReferralController,
    WithdrawReferralController,
    RecordCareContactController,
    ReferralController,
    WorklistController,
  ],
  providers: [
    ReceiveReferralHandler,
    RequestInformationHandler,
    RecordInformationHandler,
    TriageReferralHandler,
    RedirectReferralHandler,
    AcknowledgeRedirectHandler,
    WithdrawRedirectHandler,
    AcceptReferralHandler,
    RejectReferralHandler,
    WithdrawReferralHandler,
    RecordCareContactHandler,
    Registrations,
    OnAliasAdded,
    OnPersonDied,
    OnPersonErased,
  ],
})
class ReferralsModule {}

export const referrals: ServiceDefinition = {
  name: 'referrals',
  description: 'Asking for help: a referral is received by an intake, and a team accepts it or it is rejected.',
  segments: ['referrals', 'worklist'],
  module: ReferralsModule,
  migrations,
  projections: [teamDirectory],
  deadlines: referralsDeadlines,
  erasable: ERASABLE,
  stillOpen: STILL_OPEN,
  reactions: [OnAliasAdded, OnPersonDied, OnPersonErased],
};
