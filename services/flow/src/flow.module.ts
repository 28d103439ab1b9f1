import type { ServiceDefinition } from '@homeward/bootstrap';
import { flowDeadlines } from '@homeward/contracts';
import { Module } from '@nestjs/common';
import { ERASABLE, STILL_OPEN } from './adapters/erasure';
import { migrations } from './adapters/migrations';
import { AcceptDischarge } from './features/accept-discharge/accept-discharge';
import { AcceptDischargeController } from './features/accept-discharge/accept-discharge.http';
import { AcceptTransfer } from './features/accept-transfer/accept-transfer';
import { AcceptTransferController } from './features/accept-transfer/accept-transfer.http';
import { AddPractitioner } from './features/add-practitioner/add-practitioner';
import { AddPractitionerController } from './features/add-practitioner/add-practitioner.http';
import { BeginHospitalStay } from './features/begin-hospital-stay/begin-hospital-stay';
import { BeginHospitalStayController } from './features/begin-hospital-stay/begin-hospital-stay.http';
import { CompleteTransfer } from './features/complete-transfer/complete-transfer';
import { CompleteTransferController } from './features/complete-transfer/complete-transfer.http';
import { DischargeHandler } from './features/discharge/discharge';
import { DischargeController } from './features/discharge/discharge.http';
import { DeadlinesController } from './features/deadlines/deadlines.http';
import { deadlineList } from './features/deadlines/deadline-list.projection';
import { DeclineTransfer } from './features/decline-transfer/decline-transfer';
import { DeclineTransferController } from './features/decline-transfer/decline-transfer.http';
import { HoldersController } from './features/holders/holders.http';
import { openReferral } from './features/holders/open-referral.projection';
import { HospitalStaysController } from './features/hospital-stays/hospital-stays.http';
import { JourneysController } from './features/journey/journey.http';
import { journey } from './features/journey/journey.projection';
import { OnAliasAdded } from './features/on-alias-added/on-alias-added';
import { MoveHospitalStay } from './features/move-hospital-stay/move-hospital-stay';
import { MoveHospitalStayController } from './features/move-hospital-stay/move-hospital-stay.http';
import { OnPersonDied } from './features/on-person-died/on-person-died';
import { OnPersonErased } from './features/on-person-erased/on-person-erased';
import { OnReferralAccepted } from './features/on-referral-accepted/on-referral-accepted';
import { WaitingAcceptances } from './features/on-referral-accepted/waiting-acceptances';
import { OnReferralClosed } from './features/on-referral-closed/on-referral-closed';
import { OpenTeam } from './features/open-team/open-team';
import { OpenTeamController } from './features/open-team/open-team.http';
import { PolicyController } from './features/policy/policy.http';
import { ProposeTransfer } from './features/propose-transfer/propose-transfer';
import { ProposeTransferController } from './features/propose-transfer/propose-transfer.http';
import { SettleWorkItem } from './features/settle-work-item/settle-work-item';
import { SettleWorkItemController } from './features/settle-work-item/settle-work-item.http';
import { TeamsController } from './features/teams/teams.http';
import { TransfersController } from './features/transfers/transfers.http';
import { WithdrawTransfer } from './features/withdraw-transfer/withdraw-transfer';
import { WithdrawTransferController } from './features/withdraw-transfer/withdraw-transfer.http';
import { WorkItemsController } from './features/work-items/work-items.http';

@Module({
  controllers: [
    OpenTeamController,
    AddPractitionerController,
    TeamsController,
    WorkItemsController,
    SettleWorkItemController,
    ProposeTransferController,
    AcceptTransferController,
    DeclineTransferController,
    WithdrawTransferController,
    CompleteTransferController,
    TransfersController,
    BeginHospitalStayController,
    MoveHospitalStayController,
    DischargeController,
    AcceptDischargeController,
    HospitalStaysController,
    HoldersController,
    JourneysController,
    DeadlinesController,
    PolicyController,
  ],
  providers: [
    OpenTeam,
    AddPractitioner,
    SettleWorkItem,
    ProposeTransfer,
    AcceptTransfer,
    DeclineTransfer,
    WithdrawTransfer,
    CompleteTransfer,
    OnAliasAdded,
    BeginHospitalStay,
    MoveHospitalStay,
    DischargeHandler,
    AcceptDischarge,
    OnReferralAccepted,
    OnReferralClosed,
    OnPersonDied,
    OnPersonErased,
    WaitingAcceptances,
  ],
})
class FlowModule {}

export const flow: ServiceDefinition = {
  name: 'flow',
  description: 'Who is responsible for a person now, how that moves from team to team, and how the person came here.',
  segments: [
    'teams',
    'episodes',
    'transfers',
    'journeys',
    'holders',
    'hospital-stays',
    'work-items',
    'policy',
    'deadlines',
  ],
  module: FlowModule,
  migrations,
  projections: [openReferral, journey, deadlineList],
  deadlines: flowDeadlines,
  erasable: ERASABLE,
  stillOpen: STILL_OPEN,
  reactions: [OnAliasAdded, OnReferralAccepted, OnReferralClosed, OnPersonDied, OnPersonErased],
};
