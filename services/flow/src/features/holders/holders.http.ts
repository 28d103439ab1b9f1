import { Context, Query } from '@homeward/http';
import { Database, NotFound, type RequestContext, type Row } from '@homeward/persistence';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { holderOf } from './holders.query';

const BY = ['episode', 'accepted-referral', 'intake'] as const;

export class HoldingTeam {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, description: 'ODS code' })
  organisation!: string | null;

  @ApiProperty({ type: String, nullable: true })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The number to ring.' })
  telephone!: string | null;
}

export class AnsweringPractitioner {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, nullable: true })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true })
  role!: string | null;

  @ApiProperty({ type: String, nullable: true })
  telephone!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Set for a duty holder, who stands in until a co-ordinator is named (DEC-04).',
  })
  dutyUntil!: string | null;
}

export class Holder {
  @ApiProperty({ format: 'uuid' })
  personId!: string;

  @ApiProperty({ enum: BY, description: 'What makes them hold the person.' })
  by!: (typeof BY)[number];

  @ApiProperty({ format: 'date-time' })
  since!: string;

  @ApiProperty({ type: HoldingTeam })
  team!: HoldingTeam;

  @ApiProperty({ type: AnsweringPractitioner, nullable: true, description: 'Nobody by name while the intake holds.' })
  answeredBy!: AnsweringPractitioner | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  episodeId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  referralId!: string | null;
}

@Controller('holders')
export class HoldersController {
  constructor(private readonly database: Database) {}

  @Query({
    action: 'get-holder',
    summary: 'Who holds a person now, and who to ring',
    description: 'From the moment a referral is received until an episode is closed there is always somebody (DEC-04).',
    may: ['referrer', 'intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager', 'commissioner', 'person'],
    answer: Holder,
    from: ['open-referral'],
    example: {
      personId: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      by: 'episode',
      since: '2026-11-25T09:00:00.000000Z',
      team: {
        id: '0199b6a0-0000-7000-8000-0000000000a2',
        organisation: 'RZ1',
        name: 'Community learning disability team',
        telephone: '01632 960002',
      },
      answeredBy: {
        id: '0a3c1d52-5b0e-4f0e-8a51-000000000004',
        name: 'Sam Example',
        role: 'community learning disability nurse',
        telephone: '01632 960012',
        dutyUntil: null,
      },
      episodeId: '0199b6a0-0000-7000-8000-000000000020',
      referralId: null,
    },
  })
  @Get(':personId')
  async get(@Context() context: RequestContext, @Param('personId') personId: string): Promise<Holder> {
    const statement = holderOf(context.principal, personId);
    const [row] = await this.database.read(context, statement, { subject: `holder/${personId}` });
    if (!row) throw new NotFound('person');
    return toHolder(row);
  }
}

export function toHolder(row: Row): Holder {
  const text = (column: string): string | null => row[column] as string | null;
  const practitioner = text('coordinator_id');
  return {
    personId: row['person_id'] as string,
    by: row['by'] as Holder['by'],
    since: row['since'] as string,
    team: {
      id: row['team_id'] as string,
      organisation: text('organisation'),
      name: text('team_name'),
      telephone: text('team_telephone'),
    },
    answeredBy: practitioner && {
      id: practitioner,
      name: text('practitioner_name'),
      role: text('practitioner_role'),
      telephone: text('practitioner_telephone'),
      dutyUntil: text('duty_until'),
    },
    episodeId: text('episode_id'),
    referralId: text('referral_id'),
  } as Holder;
}
