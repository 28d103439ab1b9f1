import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type as Convert } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** One page of a list, as a handler returns it. */
export class Page<T> {
  constructor(
    readonly items: T[],
    readonly next?: string,
  ) {}
}

/** The query of every list; a list's own filters extend it. */
export class PageQuery {
  @ApiProperty({ description: '`next` of the page before. Bound to these filters; valid for a day.', required: false })
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  cursor?: string;

  @ApiProperty({ description: 'How many at most.', required: false, minimum: 1, maximum: 100, default: 50 })
  @IsOptional()
  @Convert(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;
}

/** For `answer:` of a list's `@Query`: the page of `item` as OpenAPI shows it. */
export function pageOf<T>(item: Type<T>): Type<{ items: T[]; next?: string }> {
  class PageOfItems {
    @ApiProperty({ type: [item] })
    items!: T[];

    @ApiProperty({ required: false, type: String, description: 'The cursor of the next page; absent on the last.' })
    next?: string;
  }
  Object.defineProperty(PageOfItems, 'name', { value: `${item.name}Page` });
  return PageOfItems;
}
