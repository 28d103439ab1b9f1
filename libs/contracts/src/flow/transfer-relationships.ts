import type { RelationshipChange, RelationshipSource } from '../event-contract';

/** Whoever was asked sees the person no more; what it wrote itself stays with the transfer. */
export const endsReceiving = ({
  data,
  personId,
  occurredAt,
}: RelationshipSource<{ transferId: string; toOrganisation: string; toTeamId: string }>): RelationshipChange[] => [
  {
    change: 'end',
    personId,
    organisation: data.toOrganisation,
    holder: `team/${data.toTeamId}`,
    kind: 'receiving-team',
    subject: `transfer/${data.transferId}`,
    at: occurredAt,
  },
];
