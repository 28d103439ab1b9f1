import { PRIORITIES, type Priority } from '@homeward/contracts';
import type { Row } from '@homeward/persistence';
import { ApiProperty } from '@nestjs/swagger';

const STATES = ['proposed', 'accepted', 'completed', 'superseded', 'declined', 'withdrawn'] as const;

export class TransferAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  version!: number;

  @ApiProperty({ enum: STATES })
  status!: (typeof STATES)[number];

  @ApiProperty({ format: 'uuid' })
  personId!: string;

  @ApiProperty({ format: 'uuid' })
  episodeId!: string;

  @ApiProperty({ format: 'uuid', description: 'Accountable until completion.' })
  fromTeamId!: string;

  @ApiProperty({ format: 'uuid' })
  toTeamId!: string;

  @ApiProperty()
  reasonCode!: string;

  @ApiProperty({ enum: PRIORITIES })
  priority!: Priority;

  @ApiProperty({ format: 'date-time' })
  riskAssessedAt!: string;

  @ApiProperty({ format: 'date-time' })
  proposedAt!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Who will answer, or answers.' })
  answeredBy!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Set where that is a duty holder.' })
  dutyUntil!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  startsAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  acceptedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  firstContactAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  personInformedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  completedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When it came to nothing.' })
  endedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why it was declined or withdrawn.' })
  endReasonCode!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What was offered instead.' })
  alternativeCode!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'More, in words.' })
  explanation!: string | null;
}

export const TRANSFER_EXAMPLE: TransferAnswer = {
  id: '0199b6a0-0000-7000-8000-000000000030',
  version: 1,
  status: 'proposed',
  personId: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
  episodeId: '0199b6a0-0000-7000-8000-000000000020',
  fromTeamId: '0199b6a0-0000-7000-8000-0000000000a2',
  toTeamId: '0199b6a0-0000-7000-8000-0000000000a4',
  reasonCode: 'more-intensive-support',
  priority: 'urgent',
  riskAssessedAt: '2026-11-20T10:00:00.000000Z',
  proposedAt: '2026-11-25T09:00:00.000000Z',
  answeredBy: null,
  dutyUntil: null,
  startsAt: null,
  acceptedAt: null,
  firstContactAt: null,
  personInformedAt: null,
  completedAt: null,
  endedAt: null,
  endReasonCode: null,
  alternativeCode: null,
  explanation: null,
};

export function toTransferAnswer(row: Row): TransferAnswer {
  const instant = (column: string): string | null => row[column] as string | null;
  return {
    id: row['id'] as string,
    version: Number(row['version']),
    status: row['status'] as TransferAnswer['status'],
    personId: row['person_id'] as string,
    episodeId: row['episode_id'] as string,
    fromTeamId: row['from_team_id'] as string,
    toTeamId: row['to_team_id'] as string,
    reasonCode: row['reason_code'] as string,
    priority: row['priority'] as Priority,
    riskAssessedAt: row['risk_assessed_at'] as string,
    proposedAt: row['proposed_at'] as string,
    answeredBy: row['coordinator_id'] as string | null,
    dutyUntil: instant('duty_until'),
    startsAt: instant('starts_at'),
    acceptedAt: instant('accepted_at'),
    firstContactAt: instant('first_contact_at'),
    personInformedAt: instant('person_informed_at'),
    completedAt: instant('completed_at'),
    endedAt: instant('ended_at'),
    endReasonCode: row['end_reason_code'] as string | null,
    alternativeCode: row['alternative_code'] as string | null,
    explanation: row['explanation'] as string | null,
  };
}
