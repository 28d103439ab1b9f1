import { NotFound, type Database, type RequestContext, type Statement } from '@homeward/persistence';
import type { Override, PolicyOverrides } from '@homeward/policy';
import type { PersonFacts } from './person-facts';

/**
 * What the integrated care board of a person's home decided in place of rules (`POLICY_OVERRIDES`). It is asked for before the
 * write that starts a deadline: which board that is, people says. Where no board decided anything, nobody is asked.
 */
export class BoardDecisions {
  constructor(
    private readonly overrides: PolicyOverrides,
    private readonly facts: PersonFacts,
    private readonly database: Database,
  ) {}

  /** Throws as `PersonFacts.of` does. */
  async about(personId: string, context: RequestContext): Promise<readonly Override[]> {
    if (this.overrides.all.length === 0) return [];
    const { responsibleIcb } = await this.facts.of(personId, context);
    return this.overrides.of(responsibleIcb);
  }

  /**
   * Of whom the write is going to lock by this SELECT. Where a person was erased whom somebody still holds, no board is known
   * any more, and the work goes on by the rules alone.
   */
  async aboutLocked(select: Statement, context: RequestContext): Promise<readonly Override[]> {
    if (this.overrides.all.length === 0) return [];
    const [key] = await this.database.keysOf(context, select);
    if (key === undefined) return [];
    try {
      return await this.about(key.slice('person/'.length), context);
    } catch (error) {
      if (error instanceof NotFound) return [];
      throw error;
    }
  }
}
