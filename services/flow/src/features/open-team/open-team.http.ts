import { TEAM_KINDS, type TeamKind } from '@homeward/contracts';
import { Context, Creation } from '@homeward/http';
import { uuidv7 } from '@homeward/kernel';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches } from 'class-validator';
import { SERVICE_TELEPHONE, TELEPHONE_FORM } from '../../adapters/telephone';
import { OpenTeam } from './open-team';

export class NewTeam {
  @ApiProperty({ description: 'What people call the team.', maxLength: 200 })
  @IsString()
  @Length(1, 200)
  @Matches(/\S/, { message: '$property must hold a word' })
  name!: string;

  @ApiProperty({ enum: TEAM_KINDS, description: 'What the team does.' })
  @IsIn(TEAM_KINDS)
  kind!: TeamKind;

  @ApiProperty({ description: 'The number that is answered.' })
  @Matches(SERVICE_TELEPHONE, { message: TELEPHONE_FORM })
  telephone!: string;
}

@Controller('teams')
export class OpenTeamController {
  constructor(private readonly handler: OpenTeam) {}

  @Creation({
    action: 'open-team',
    summary: 'Open a team of your organisation',
    description: 'From then on the team can receive, accept and be accountable.',
    may: ['manager'],
    body: NewTeam,
    example: { name: 'Community learning disability team', kind: 'community', telephone: '01632 960002' },
  })
  @Post()
  open(@Context() context: CommandContext, @Body() body: NewTeam): Promise<Outcome> {
    return this.handler.open(context, { id: uuidv7(), organisation: context.principal.organisation, ...body });
  }
}
