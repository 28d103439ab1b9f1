import { TEAM_KINDS, type TeamKind } from '@homeward/contracts';
import { EVERYBODY } from '@homeward/auth';
import { Context, Cursors, Page, pageOf, PageQuery, Query } from '@homeward/http';
import { Database, NotFound, type RequestContext } from '@homeward/persistence';
import { Controller, Get, Param, Query as FromQuery } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { teamsFrom, teamWithPractitioners } from './teams.query';

export class TeamSummary {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'ODS code' })
  organisation!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: TEAM_KINDS })
  kind!: TeamKind;

  @ApiProperty({ description: 'The number that is answered.' })
  telephone!: string;
}

export class TeamPractitioner {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  role!: string;

  @ApiProperty({ type: String, nullable: true })
  telephone!: string | null;
}

export class TeamDetail extends TeamSummary {
  @ApiProperty({ type: [TeamPractitioner] })
  practitioners!: TeamPractitioner[];
}

const TEAM: TeamSummary = {
  id: '0199b6a0-0000-7000-8000-0000000000a2',
  organisation: 'RZ1',
  name: 'Community learning disability team',
  kind: 'community',
  telephone: '01632 960002',
};

@Controller('teams')
export class TeamsController {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  @Query({
    action: 'list-teams',
    summary: 'The teams of all organisations',
    may: EVERYBODY,
    answer: pageOf(TeamSummary),
    example: { items: [TEAM] },
  })
  @Get()
  async list(@Context() context: RequestContext, @FromQuery() query: PageQuery): Promise<Page<TeamSummary>> {
    const { limit, after } = this.cursors.open(context, query);
    const audit = { subject: 'teams', people: false };
    const rows = await this.database.read<TeamSummary>(context, teamsFrom(after, limit + 1), audit);
    return this.cursors.page(
      context,
      query,
      rows,
      ({ id }) => [id],
      (row) => row,
    );
  }

  @Query({
    action: 'get-team',
    summary: 'A team and who is in it',
    may: EVERYBODY,
    answer: TeamDetail,
    example: {
      ...TEAM,
      practitioners: [
        {
          id: '0a3c1d52-5b0e-4f0e-8a51-000000000004',
          name: 'Sam Example',
          role: 'community learning disability nurse',
          telephone: '01632 960012',
        },
      ],
    },
  })
  @Get(':id')
  async get(@Context() context: RequestContext, @Param('id') id: string): Promise<TeamDetail> {
    const audit = { subject: `team/${id}`, people: false };
    const [team] = await this.database.read<TeamDetail>(context, teamWithPractitioners(id), audit);
    if (!team) throw new NotFound('team');
    return team;
  }
}
