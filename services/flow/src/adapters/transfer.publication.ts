import {
  newEvent,
  transferAccepted,
  transferCompleted,
  transferDeclined,
  transferProposed,
  transferSuperseded,
  transferWithdrawn,
  type NewEvent,
} from '@homeward/contracts';
import type { Instant } from '@homeward/kernel';
import type { AcceptedTransfer, CompletedTransfer, Transfer, TransferEvent } from '../domain/transfer';

/** `transfer` is as the event left it. */
export function published(personId: string, transfer: Transfer, event: TransferEvent): NewEvent {
  const { id: transferId, episodeId, from, to, reasonCode, priority } = transfer;
  const fromTeam = { fromOrganisation: from.organisation, fromTeamId: from.teamId };
  const toTeam = { toOrganisation: to.organisation, toTeamId: to.teamId };
  const at = (occurredAt: Instant) => ({
    stream: `person/${personId}`,
    subject: `transfer/${transferId}`,
    personId,
    occurredAt,
  });
  switch (event.type) {
    case 'proposed': {
      const data = { transferId, episodeId, ...fromTeam, ...toTeam, reasonCode, priority };
      return newEvent(transferProposed, { ...at(event.proposedAt), data });
    }
    case 'accepted': {
      const { responsibility, startsAt, acceptedAt } = event;
      const data = { transferId, episodeId, ...toTeam, ...responsibility, startsAt };
      return newEvent(transferAccepted, { ...at(acceptedAt), data });
    }
    case 'completed': {
      const { answeredBefore, firstContactAt, personInformedAt, completedAt } = event;
      const { responsibility } = transfer as AcceptedTransfer | CompletedTransfer;
      const switched = { ...fromTeam, fromAnsweredBy: answeredBefore, ...toTeam, ...responsibility };
      const data = { transferId, episodeId, ...switched, firstContactAt, personInformedAt };
      return newEvent(transferCompleted, { ...at(completedAt), data });
    }
    case 'declined': {
      const { reasonCode: why, alternativeCode } = event.declined;
      const data = { transferId, episodeId, ...fromTeam, ...toTeam, reasonCode: why, alternativeCode };
      return newEvent(transferDeclined, { ...at(event.endedAt), data });
    }
    case 'withdrawn': {
      const data = { transferId, episodeId, ...fromTeam, ...toTeam, reasonCode: event.withdrawn.reasonCode };
      return newEvent(transferWithdrawn, { ...at(event.endedAt), data });
    }
    case 'superseded':
      return newEvent(transferSuperseded, {
        ...at(event.endedAt),
        data: { transferId, episodeId, ...fromTeam, ...toTeam, by: event.by },
      });
  }
}
