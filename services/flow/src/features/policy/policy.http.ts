import { EVERYBODY } from '@homeward/auth';
import { Context, IsDay, IsOdsCode, Query } from '@homeward/http';
import { londonDate } from '@homeward/kernel';
import { PolicyOverrides, rulesOn } from '@homeward/policy';
import { Database, type RequestContext } from '@homeward/persistence';
import { Controller, Get, Query as FromQuery } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { RULES_EXAMPLE, RulesOnDay } from './policy.dto';

export class RulesQuery {
  @ApiProperty({ required: false, format: 'date', description: 'The day; today in England unless given.' })
  @IsOptional()
  @IsDay()
  on?: string;

  @ApiProperty({ required: false, description: 'ODS code of a board: of the boards’ decisions, only its own.' })
  @IsOptional()
  @IsOdsCode()
  icb?: string;
}

@Controller('policy/rules')
export class PolicyController {
  constructor(
    private readonly database: Database,
    private readonly overrides: PolicyOverrides,
  ) {}

  @Query({
    action: 'list-policy-rules',
    summary: 'The rules behind the deadlines, as they are on a day',
    description:
      'Each with who says so and how binding that is. Only law in force and national policy are national requirements; all else is a setting, and is shown as one. Law that has not commenced is worked out and asks for nothing yet.',
    may: EVERYBODY,
    answer: RulesOnDay,
    example: RULES_EXAMPLE,
  })
  @Get()
  async list(@Context() context: RequestContext, @FromQuery() { on, icb }: RulesQuery): Promise<RulesOnDay> {
    const [row] = await this.database.read<{ today: Date }>(context, TODAY, { subject: 'policy/rules', people: false });
    const day = on ?? londonDate(row?.today ?? new Date());
    const { all, sha256 = null } = this.overrides;
    return { on: day, overridesSha256: sha256, items: rulesOn(day, all, icb) };
  }
}

/** On a simulated clock, its day. */
const TODAY = { text: 'SELECT coalesce((SELECT now FROM simulated_clock), now()) AS today', values: [] };
