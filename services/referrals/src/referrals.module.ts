import type { ServiceDefinition } from '@homeward/bootstrap';
import { Module } from '@nestjs/common';
import { migrations } from './adapters/migrations';
import { Registrations } from './adapters/registrations';
import { AcceptReferralHandler } from './features/accept-referral/accept-referral';
import { AcceptReferralController } from './features/accept-referral/accept-referral.http';
import { OnAliasAdded } from './features/on-alias-added/on-alias-added';
import { OnPersonDied } from './features/on-person-died/on-person-died';
import { ReceiveReferralHandler } from './features/receive-referral/receive-referral';
import { ReceiveReferralController } from './features/receive-referral/receive-referral.http';
import { ReferralController } from './features/referral/referral.http';
import { RejectReferralHandler } from './features/reject-referral/reject-referral';
import { RejectReferralController } from './features/reject-referral/reject-referral.http';
import { teamDirectory } from './features/team-directory/team-directory.projection';
import { WorklistController } from './features/worklist/worklist.http';

@Module({
  controllers: [
    ReceiveReferralController,
    AcceptReferralController,
    RejectReferralController,
    ReferralController,
    WorklistController,
  ],
  providers: [
    ReceiveReferralHandler,
    AcceptReferralHandler,
    RejectReferralHandler,
    Registrations,
    OnAliasAdded,
    OnPersonDied,
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
  reactions: [OnAliasAdded, OnPersonDied],
};
