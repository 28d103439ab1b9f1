import { Context, Query } from '@homeward/http';
import { Database, NotFound, type RequestContext, type Row } from '@homeward/persistence';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { holderOf } from './holders.query';

const BY = ['episode', 'hospital-stay', 'accepted-referral', 'intake', 'died'] as const;

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

export class TeamBeside {
  @ApiProperty({ type: HoldingTeam })
  team!: HoldingTeam;

  @ApiProperty({ type: AnsweringPractitioner, nullable: true })
  answeredBy!: AnsweringPractitioner | null;
}

export class Holder {
  @ApiProperty({ format: 'uuid' })
  personId!: string;

  @ApiProperty({
    enum: BY,
    description: 'What makes them hold the person; `died`: nobody holds them any more, these did last (DEC-05).',
  })
  by!: (typeof BY)[number];

  @ApiProperty({ format: 'date-time' })
  since!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Set after a death: when it ended.' })
  until!: string | null;

  @ApiProperty({ type: HoldingTeam })
  team!: HoldingTeam;

  @ApiProperty({ type: AnsweringPractitioner, nullable: true, description: 'Nobody by name while the intake holds.' })
  answeredBy!: AnsweringPractitioner | null;

  @ApiProperty({
    type: TeamBeside,
    nullable: true,
    description: 'During a hospital stay: the community team and its co-ordinator, who stay named (DEC-02).',
  })
  beside!: TeamBeside | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  episodeId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  hospitalStayId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  referralId!: string | null;
}

@Controller('holders')
export class HoldersController {
  constructor(private readonly database: Database) {}

  @Query({
    action: 'get-holder',
    summary: 'Who holds a person now, and who to ring',
    description:
      'From the moment a referral is received, or a hospital stay began, until an episode is closed there is always somebody (DEC-04). After a death the answer says who was last: they have to notify it (DEC-05).',
    may: [
      'referrer',
      'intake',
      'triage-clinician',
      'team-lead',
      'coordinator',
      'manager',
      'commissioner',
      'person',
      'privacy',
    ],
    answer: Holder,
    from: ['open-referral'],
    example: {
      personId: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      by: 'episode',
      since: '2026-11-25T09:00:00.000000Z',
      until: null,
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
      beside: null,
      episodeId: '0199b6a0-0000-7000-8000-000000000020',
      hospitalStayId: null,
      referralId: null,
    },
  })
  @Get(':personId')
  async get(@Context() context: RequestContext, @Param('personId') personId: string): Promise<Holder> {
    const statement = holderOf(context.principal, personId, context.role);
    const [row] = await this.database.read(context, statement, { subject: `holder/${personId}` });
    if (!row) throw new NotFound('person');
    return toHolder(row);
  }
}

export function toHolder(row: Row): Holder {
  const text = (column: string): string | null => row[column] as string | null;
  return {
    personId: row['person_id'] as string,
    by: row['by'] as Holder['by'],
    since: row['since'] as string,
    until: text('until'),
    team: toTeam(row, ''),
    answeredBy: toPractitioner(row, ''),
    beside: text('beside_team_id')
      ? { team: toTeam(row, 'beside_'), answeredBy: toPractitioner(row, 'beside_') }
      : null,
    episodeId: text('episode_id'),
    hospitalStayId: text('hospital_stay_id'),
    referralId: text('referral_id'),
  };
}

const toTeam = (row: Row, prefix: '' | 'beside_'): HoldingTeam => ({
  id: row[`${prefix}team_id`] as string,
  organisation: row[`${prefix}organisation`] as string | null,
  name: row[`${prefix}team_name`] as string | null,
  telephone: row[`${prefix}team_telephone`] as string | null,
});

function toPractitioner(row: Row, prefix: '' | 'beside_'): AnsweringPractitioner | null {
  const id = row[`${prefix}coordinator_id`] as string | null;
  if (id === null) return null;
  return {
    id,
    name: row[`${prefix}practitioner_name`] as string | null,
    role: row[`${prefix}practitioner_role`] as string | null,
    telephone: row[`${prefix}practitioner_telephone`] as string | null,
    dutyUntil: row[`${prefix}duty_until`] as string | null,
  };
}
