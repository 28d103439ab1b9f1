import type { BreakGlassReason } from '@homeward/contracts';
import { instantOf, londonDate, type Instant } from '@homeward/kernel';
import { dueBy } from '@homeward/policy';
import { Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { loadAliasesOf } from '../../adapters/alias.repository';
import { loadLooks, insertLook, lockAnybody } from '../../adapters/break-glass.repository';
import { knownPerson, loadPerson } from '../../adapters/known-person.repository';
import { glassBroken } from '../../adapters/person.publication';
import { breakGlass } from '../../domain/break-glass';

export interface BreakGlassRequest {
  /** Of the look. */
  id: string;
  reasonCode: BreakGlassReason;
  words?: string;
}

@Injectable()
export class BreakGlassHandler {
  constructor(private readonly database: Database) {}

  /** As the worker: it is for people whom the caller may not see. It answers nothing of them. */
  look(context: CommandContext, personId: string, { id, reasonCode, words }: BreakGlassRequest): Promise<Outcome> {
    const { organisation, sub: practitionerId } = context.principal;
    return this.database.write(
      context,
      lockAnybody(personId, practitionerId),
      {
        load: [loadPerson(personId), loadAliasesOf(personId), loadLooks(practitionerId)],
        decide: ([people, aliases, looks], { now }) => {
          const person = knownPerson(people?.[0]);
          const aliasIds = (aliases ?? []).map((row) => row['alias_id'] as string);
          const asked = { id, personId: person.personId, aliasIds, organisation, practitionerId, reasonCode };
          const earlier = (looks ?? []).map((row) => row['opened_at'] as Instant);
          const look = breakGlass(asked, words, earlier, instantOf(now));
          const links = { person: `/people/${personId}` };
          return {
            changes: [insertLook(look, words, dueBy('PERM-02', londonDate(now)))],
            events: [glassBroken(look)],
            outcome: { status: 200, body: { id, status: 'open', until: look.until, links } },
            audit: { subject: `break-glass/${id}`, personIds: [person.personId] },
          };
        },
      },
      { as: 'worker' },
    );
  }
}
