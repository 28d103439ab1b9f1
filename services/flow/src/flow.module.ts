import type { ServiceDefinition } from '@homeward/bootstrap';
import { Module } from '@nestjs/common';
import { Begin1764028800000 } from './adapters/migrations/begin';
import { HospitalStays1764061200000 } from './adapters/migrations/hospital-stays';
import { PersonAlias1764064800000 } from './adapters/migrations/person-alias';
import { AcceptTransfer } from './features/accept-transfer/accept-transfer';
import { AcceptTransferController } from './features/accept-transfer/accept-transfer.http';
import { AddPractitioner } from './features/add-practitioner/add-practitioner';
import { AddPractitionerController } from './features/add-practitioner/add-practitioner.http';
import { CompleteTransfer } from './features/complete-transfer/complete-transfer';
import { CompleteTransferController } from './features/complete-transfer/complete-transfer.http';
import { HoldersController } from './features/holders/holders.http';
import { openReferral } from './features/holders/open-referral.projection';
import { JourneysController } from './features/journey/journey.http';
import { journey } from './features/journey/journey.projection';
import { OnAliasAdded } from './features/on-alias-added/on-alias-added';
import { OnReferralAccepted } from './features/on-referral-accepted/on-referral-accepted';
import { WaitingAcceptances } from './features/on-referral-accepted/waiting-acceptances';
import { OpenTeam } from './features/open-team/open-team';
import { OpenTeamController } from './features/open-team/open-team.http';
import { ProposeTransfer } from './features/propose-transfer/propose-transfer';
import { ProposeTransferController } from './features/propose-transfer/propose-transfer.http';
import { TeamsController } from './features/teams/teams.http';
import { TransfersController } from './features/transfers/transfers.http';
import { WorkItemsController } from './features/work-items/work-items.http';

@Module({
  controllers: [
    OpenTeamController,
    AddPractitionerController,
    TeamsController,
    WorkItemsController,
    ProposeTransferController,
    AcceptTransferController,
    CompleteTransferController,
    TransfersController,
    HoldersController,
    JourneysController,
  ],
  providers: [
    OpenTeam,
    AddPractitioner,
    ProposeTransfer,
    AcceptTransfer,
    CompleteTransfer,
    OnAliasAdded,
    OnReferralAccepted,
    WaitingAcceptances,
  ],
})
class FlowModule {}

export const flow: ServiceDefinition = {
  name: 'flow',
  description: 'Who is responsible for a person now, how that moves from team to team, and how the person came here.',
  segments: ['teams', 'episodes', 'transfers', 'journeys', 'holders', 'policy', 'deadlines'],
  module: FlowModule,
  migrations: [Begin1764028800000, HospitalStays1764061200000, PersonAlias1764064800000],
  projections: [openReferral, journey],
  reactions: [OnAliasAdded, OnReferralAccepted],
};
