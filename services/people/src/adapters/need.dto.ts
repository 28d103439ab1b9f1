import { NEED_CODES, NEED_ENDS, NEED_KINDS, type NeedCode, type NeedEnd, type NeedKind } from '@homeward/contracts';
import { ApiProperty } from '@nestjs/swagger';

/** What stands beside the person wherever they are shown. */
export class NeedFlag {
  @ApiProperty({ enum: NEED_CODES })
  code!: NeedCode;

  @ApiProperty({ required: false, description: 'Of an interpreter: the ISO 639 code of the language.' })
  language?: string;

  @ApiProperty({ required: false, enum: [true], description: 'Somebody has to ask again whether it still helps.' })
  reviewDue?: true;
}

/** A need with all that is recorded of it. */
export class NeedOfPerson {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: NEED_KINDS })
  kind!: NeedKind;

  @ApiProperty({ enum: NEED_CODES })
  code!: NeedCode;

  @ApiProperty({ type: String, nullable: true, description: 'Of an interpreter: the ISO 639 code of the language.' })
  language!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What helps, in the person’s words.' })
  words!: string | null;

  @ApiProperty({ format: 'date' })
  since!: string;

  @ApiProperty({ format: 'date', description: 'By then somebody asks again whether it still helps.' })
  reviewBy!: string;

  @ApiProperty({ description: 'That day has come.' })
  reviewDue!: boolean;

  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'Null while it holds.' })
  endedOn!: string | null;

  @ApiProperty({ enum: NEED_ENDS, nullable: true })
  endReason!: NeedEnd | null;
}
