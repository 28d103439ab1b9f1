import { Context, Creation } from '@homeward/http';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import { SERVICE_TELEPHONE, TELEPHONE_FORM } from '../../adapters/telephone';
import { AddPractitioner } from './add-practitioner';

export class NewPractitioner {
  @ApiProperty({ format: 'uuid', description: 'The `sub` of their token.' })
  @IsUUID()
  id!: string;

  @ApiProperty({ description: 'Shown to who asks who answers for a person.', maxLength: 200 })
  @IsString()
  @Length(1, 200)
  @Matches(/\S/, { message: '$property must hold a word' })
  name!: string;

  @ApiProperty({ description: 'What they do in the team.', maxLength: 100 })
  @IsString()
  @Length(1, 100)
  @Matches(/\S/, { message: '$property must hold a word' })
  role!: string;

  @ApiProperty({ required: false, description: 'Their number at work.' })
  @IsOptional()
  @Matches(SERVICE_TELEPHONE, { message: TELEPHONE_FORM })
  telephone?: string;
}

@Controller('teams')
export class AddPractitionerController {
  constructor(private readonly handler: AddPractitioner) {}

  @Creation({
    action: 'add-practitioner',
    summary: 'Say who is in a team',
    description: 'From then on they can be named as co-ordinator or duty holder for the team.',
    may: ['manager'],
    body: NewPractitioner,
    example: {
      id: '0a3c1d52-5b0e-4f0e-8a51-000000000004',
      name: 'Sam Example',
      role: 'community learning disability nurse',
      telephone: '01632 960012',
    },
  })
  @Post(':id/practitioners')
  add(@Context() context: CommandContext, @Param('id') id: string, @Body() body: NewPractitioner): Promise<Outcome> {
    return this.handler.add(context, id, body);
  }
}
