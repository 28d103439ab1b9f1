import { looksAt, type Look } from '@homeward/audit';
import { Context, IsInstant, Query } from '@homeward/http';
import { Database, type RequestContext } from '@homeward/persistence';
import { Controller, ForbiddenException, Get, Query as FromQuery, type Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type as Convert } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';

/** Whoever asks merges what all services answer, and shows it to who may see it: only people does. */
const ASKS = 'people';

export class AuditQuery {
  @ApiProperty({ required: false, type: [String], description: 'Ids that mean one person, with commas; or `by`.' })
  @ValidateIf(({ by }: AuditQuery) => by === undefined)
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsUUID('all', { each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  people?: string[];

  @ApiProperty({ required: false, format: 'uuid', description: 'Whose doing, with `organisation`.' })
  @IsOptional()
  @IsUUID()
  by?: string;

  @ApiProperty({ required: false, description: 'For whom they acted.' })
  @ValidateIf(({ by }: AuditQuery) => by !== undefined)
  @IsString()
  @MaxLength(60)
  organisation?: string;

  @ApiProperty({ required: false, format: 'date-time' })
  @IsOptional()
  @IsInstant()
  from?: string;

  @ApiProperty({ required: false, format: 'date-time', description: 'Before this moment.' })
  @IsOptional()
  @IsInstant()
  until?: string;

  @ApiProperty({ required: false, format: 'date-time', description: 'With `behindId`: what follows that row.' })
  @IsOptional()
  @IsInstant()
  behindAt?: string;

  @ApiProperty({ required: false, format: 'uuid' })
  @ValidateIf(({ behindAt }: AuditQuery) => behindAt !== undefined)
  @IsUUID()
  behindId?: string;

  @ApiProperty({ required: false, minimum: 1, maximum: 101, default: 50 })
  @IsOptional()
  @Convert(() => Number)
  @IsInt()
  @Min(1)
  @Max(101)
  limit?: number;
}

export class AuditRow implements Look {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty() organisation!: string;
  @ApiProperty() sub!: string;
  @ApiProperty() role!: string;
  @ApiProperty() purpose!: string;
  @ApiProperty() action!: string;
  @ApiProperty() outcome!: string;
  @ApiProperty({ type: [String] }) personIds!: string[];
}

export class AuditAnswer {
  @ApiProperty({ type: [AuditRow], description: 'The newest first.' })
  items!: AuditRow[];
}

/**
 * Every service answers for its own audit, at `/<service>/internal/audit`. The asking is recorded without the person's
 * id: it is one question to all services, and stands once among the person's looks, where it was asked.
 */
export function internalAuditOf(service: string): Type<unknown> {
  @Controller(`${service}/internal/audit`)
  class InternalAuditController {
    constructor(private readonly database: Database) {}

    @Query({
      action: 'get-audit',
      summary: 'Rows of this service’s audit, for who asks all services',
      may: ['service'],
      answer: AuditAnswer,
      example: { items: [] },
    })
    @Get()
    async get(@Context() context: RequestContext, @FromQuery() query: AuditQuery): Promise<AuditAnswer> {
      if (context.principal.organisation !== ASKS) throw new ForbiddenException('Only people may ask for it.');
      const { people, by, organisation = '', from, until, behindAt, behindId = '', limit = 50 } = query;
      const statement = looksAt({
        ...{ from, until, limit },
        ...(by === undefined ? { people } : { by: { sub: by.toLowerCase(), organisation } }),
        behind: behindAt === undefined ? undefined : { at: behindAt, id: behindId },
      });
      const subject = by === undefined ? 'audit' : `audit/${by}`;
      return { items: await this.database.read<Look>(context, statement, { subject, people: false, as: 'worker' }) };
    }
  }
  return InternalAuditController;
}
