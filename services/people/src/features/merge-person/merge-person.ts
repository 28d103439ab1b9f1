import { instantOf, londonDate, uuidv7 } from '@homeward/kernel';
import { checkVersion, Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { loadAliases, loadOne, loadOthersOfBoth, lockBoth, mergeChanges } from '../../adapters/alias.repository';
import { loadHomes, restrictionChange, toHome } from '../../adapters/home.repository';
import { knownPerson } from '../../adapters/known-person.repository';
import { loadNeeds, needChange, toNeed } from '../../adapters/need.repository';
import { answered } from '../../adapters/person-answer';
import { merged, needPublished } from '../../adapters/person.publication';
import { restrictedByMerge } from '../../domain/home-restriction';
import { mergePersons } from '../../domain/merge';
import { needsByMerge } from '../../domain/needs';

@Injectable()
export class MergePerson {
  constructor(private readonly database: Database) {}

  /** Answers the old id, merged; both streams are locked, and each gets its event. */
  merge(context: CommandContext, oldId: string, intoId: string): Promise<Outcome> {
    return this.database.write(context, lockBoth(context.principal, oldId, intoId), {
      load: [
        loadOne(oldId),
        loadOne(intoId),
        loadAliases(oldId),
        loadOthersOfBoth(oldId, intoId),
        loadHomes(oldId),
        loadHomes(intoId),
        loadNeeds(oldId),
        loadNeeds(intoId),
      ],
      decide: ([olds, survivors, aliases, others, oldHomes, homes, oldNeeds, itsNeeds], { now }) => {
        const old = knownPerson(olds?.[0]);
        checkVersion(context, old.version);
        const event = mergePersons(
          old,
          knownPerson(survivors?.[0]),
          (aliases ?? []).map((row) => String(row['alias_id'])),
          { haveBoth: others?.[0]?.['has_both'] === true, haveNumber: others?.[0]?.['has_number'] === true },
        );
        const restricted = restrictedByMerge((oldHomes ?? []).map(toHome), (homes ?? []).map(toHome), londonDate(now));
        const needs = needsByMerge((oldNeeds ?? []).map(toNeed), (itsNeeds ?? []).map(toNeed), uuidv7);
        const { outcome, audit } = answered(event.old);
        const survivorId = event.survivor.personId;
        const links = { self: `/people/${old.personId}`, mergedInto: `/people/${survivorId}` };
        return {
          changes: [
            ...mergeChanges(context, event, now),
            ...(restricted.length > 0 ? [restrictionChange(survivorId, true, restricted)] : []),
            ...needs.map(({ need }) => needChange(survivorId, need, now)),
          ],
          events: [
            ...merged(event, instantOf(now)),
            ...needs.map((decided) => needPublished(survivorId, decided, instantOf(now))),
          ],
          outcome: { ...outcome, body: { ...outcome.body, links } },
          audit: { ...audit, personIds: [old.personId, survivorId] },
        };
      },
    });
  }
}
