import { IsInstant, PageQuery } from '@homeward/http';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';

export class LooksQuery extends PageQuery {
  @ApiProperty({
    required: false,
    format: 'date-time',
    description: 'From this moment on; from the beginning, if absent.',
  })
  @IsOptional()
  @IsInstant()
  from?: string;

  @ApiProperty({ required: false, format: 'date-time', description: 'Before this moment; until now, if absent.' })
  @IsOptional()
  @IsInstant()
  until?: string;
}

export class LooksByQuery extends LooksQuery {
  @ApiProperty({ format: 'uuid', description: 'The `sub` of somebody who acts for your organisation.' })
  @IsUUID()
  by!: string;
}

/** What somebody did: no name, no words. */
export class Look {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ description: 'Which service was asked.' }) service!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ description: 'For whom they acted: an organisation, `person/<id>`, or a service.' })
  organisation!: string;
  @ApiProperty({
    description: 'Who it was, by id; their organisation knows the name. Of what a service did by itself, its name.',
  })
  sub!: string;
  @ApiProperty() role!: string;
  @ApiProperty({ description: 'Why, as they said when they signed in.' }) purpose!: string;
  @ApiProperty({ description: 'What was asked for, as the documentation of the API names it.' }) action!: string;
  @ApiProperty({ description: '`read`, `done`, `nothing-found`, `replayed`, or `refused:` and why.' }) outcome!: string;
}

export class LookOfSomebody extends Look {
  @ApiProperty({ type: [String], description: 'Whom it was about.' }) personIds!: string[];
}

export const LOOK_EXAMPLE: Look = {
  id: '0199b6a0-0000-7000-8000-0000000000b1',
  service: 'flow',
  at: '2026-11-25T09:00:00.000000Z',
  organisation: 'RZ1',
  sub: '0a3c1d52-5b0e-4f0e-8a51-000000000003',
  role: 'team-lead',
  purpose: 'direct-care',
  action: 'get-journey',
  outcome: 'read',
};

const UNANSWERED: ApiPropertyOptions = {
  type: [String],
  description: 'Services that did not answer: what was done there is missing from this page.',
};
const NEXT: ApiPropertyOptions = {
  required: false,
  type: String,
  description: 'The cursor of the next page; absent on the last.',
};

export class Looks {
  @ApiProperty({ type: [Look], description: 'The newest first.' }) items!: Look[];
  @ApiProperty(NEXT) next?: string;
  @ApiProperty(UNANSWERED) unanswered!: string[];
}

export class LooksOfSomebody {
  @ApiProperty({ type: [LookOfSomebody], description: 'The newest first.' }) items!: LookOfSomebody[];
  @ApiProperty(NEXT) next?: string;
  @ApiProperty(UNANSWERED) unanswered!: string[];
}
