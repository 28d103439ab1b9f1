import { Context, Page, pageOf, Query, withETag, type Versioned } from '@homeward/http';
import { Database, NotFound, type RequestContext } from '@homeward/persistence';
import { Controller, Get, Param, Query as FromQuery } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { ReferralAnswer, toAnswer, type SeenRow } from './referral.answer';
import { referralsFor } from './referral.query';
import { EXAMPLE_ANSWER } from './referral.example';
import type { Role } from '@homeward/auth';

const MAY_READ: Role[] = ['referrer', 'intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager', 'person'];

export class ReferralsQuery {
  @ApiProperty({ description: 'Whose referrals.' })
  @IsUUID()
  personId!: string;
}

@Controller('referrals')
export class ReferralController {
  constructor(private readonly database: Database) {}

  @Query({
    action: 'get-referral',
    summary: 'A referral',
    description: 'The intake and the accepting team see all of it; whoever referred sees how it stands.',
    may: MAY_READ,
    answer: ReferralAnswer,
    from: ['team-directory'],
    example: EXAMPLE_ANSWER,
  })
  @Get(':id')
  async get(@Context() context: RequestContext, @Param('id') id: string): Promise<Versioned> {
    const query = referralsFor(context.principal, { id });
    const [row] = await this.database.read<SeenRow>(context, query, { subject: `referral/${id}` });
    if (!row) throw new NotFound('referral');
    return withETag(toAnswer(row), row.version);
  }

  @Query({
    action: 'list-referrals-of-person',
    summary: 'The referrals of a person',
    description: 'Those that you may see, the latest first.',
    may: MAY_READ,
    answer: pageOf(ReferralAnswer),
    from: ['team-directory'],
    example: { items: [EXAMPLE_ANSWER] },
  })
  @Get()
  async list(
    @Context() context: RequestContext,
    @FromQuery() { personId }: ReferralsQuery,
  ): Promise<Page<ReferralAnswer>> {
    const query = referralsFor(context.principal, { personId });
    const rows = await this.database.read<SeenRow>(context, query, { subject: `person/${personId}` });
    if (rows.length === 0) throw new NotFound('referral of this person');
    return new Page(rows.map(toAnswer));
  }
}
