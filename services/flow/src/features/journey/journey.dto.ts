import { referralReceived } from '@homeward/contracts';
import { ApiProperty } from '@nestjs/swagger';
import type { Responsible } from '../../domain/responsible';

const BY = ['episode', 'hospital-stay', 'died', 'accepted-referral', 'intake'] as const;
const PRECISIONS = ['day', 'instant'] as const;

export class TeamBeside {
  @ApiProperty({ format: 'uuid' })
  teamId!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The co-ordinator, or who was on duty.' })
  answeredBy!: string | null;
}

export class ResponsibleTeam implements Responsible {
  @ApiProperty({
    enum: BY,
    description: 'What made them hold the person; `died`: nobody holds them any more, these did last (DEC-05).',
  })
  by!: (typeof BY)[number];

  @ApiProperty({ format: 'uuid' })
  teamId!: string;

  @ApiProperty({ format: 'date-time' })
  since!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The co-ordinator, or who was on duty.' })
  answeredBy!: string | null;

  @ApiProperty({
    type: TeamBeside,
    nullable: true,
    description: 'During a hospital stay: the community team that stayed named beside the hospital (DEC-02).',
  })
  beside!: TeamBeside | null;
}

export class JourneyEntry {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  type!: string;

  @ApiProperty({ description: 'What happened, in words.' })
  title!: string;

  @ApiProperty({ description: 'What it is about: `referral/<id>`, `episode/<id>`, `transfer/<id>`.' })
  subject!: string;

  @ApiProperty({ format: 'date-time' })
  occurredAt!: string;

  @ApiProperty({ enum: PRECISIONS, description: '`day`: at some time of that day.' })
  precision!: (typeof PRECISIONS)[number];

  @ApiProperty({ format: 'date-time', description: 'When Homeward was told.' })
  recordedAt!: string;

  @ApiProperty({ description: 'The service that recorded it.' })
  source!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Codes and ids; no free text.' })
  data!: Record<string, unknown>;
}

export class Journey {
  @ApiProperty({ format: 'uuid' })
  personId!: string;

  @ApiProperty({ format: 'date-time' })
  asOf!: string;

  @ApiProperty({ format: 'date-time' })
  asKnownOn!: string;

  @ApiProperty({
    type: ResponsibleTeam,
    nullable: true,
    description: 'Who held the person at `asOf`, by what was known on `asKnownOn`. Null for a referrer.',
  })
  responsible!: ResponsibleTeam | null;

  @ApiProperty({ type: [JourneyEntry] })
  entries!: JourneyEntry[];
}

export const JOURNEY_EXAMPLE: Journey = {
  personId: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
  asOf: '2026-11-25T12:00:00.000000Z',
  asKnownOn: '2026-11-25T12:00:00.000000Z',
  responsible: {
    by: 'intake',
    teamId: '0199b6a0-0000-7000-8000-0000000000a1',
    since: '2026-11-25T09:00:00.000000Z',
    answeredBy: null,
    beside: null,
  },
  entries: [
    {
      id: '0199b6a0-0000-7000-8000-000000000050',
      type: referralReceived.type,
      title: referralReceived.title,
      subject: 'referral/0199b6a0-0000-7000-8000-000000000010',
      occurredAt: '2026-11-25T09:00:00.000000Z',
      precision: 'instant',
      recordedAt: '2026-11-25T09:02:00.000000Z',
      source: '/homeward/referrals',
      data: { ...referralReceived.example },
    },
  ],
};
