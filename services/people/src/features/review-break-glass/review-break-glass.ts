import type { BreakGlassOutcome } from '@homeward/contracts';
import { instantOf } from '@homeward/kernel';
import { Database, NotFound, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { lookFor, personOfLook, recordReview, toLook } from '../../adapters/break-glass.repository';
import { lookReviewed } from '../../adapters/person.publication';
import { reviewBreakGlass } from '../../domain/break-glass';

@Injectable()
export class ReviewBreakGlass {
  constructor(private readonly database: Database) {}

  review(
    context: CommandContext,
    id: string,
    { outcome, words }: { outcome: BreakGlassOutcome; words?: string },
  ): Promise<Outcome> {
    const { sub } = context.principal;
    return this.database.write(context, personOfLook(context.principal, id), {
      load: [lookFor(context.principal, id)],
      decide: ([looks], { now }) => {
        if (!looks?.[0]) throw new NotFound('break-glass');
        const look = reviewBreakGlass(toLook(looks[0]), outcome, sub);
        return {
          changes: [recordReview(look, outcome, words, sub, now)],
          events: [lookReviewed(look, outcome, instantOf(now))],
          outcome: { status: 200, body: { id, status: outcome, links: { self: `/break-glass/${id}` } } },
          audit: { subject: `break-glass/${id}`, personIds: [look.personId] },
        };
      },
    });
  }
}
