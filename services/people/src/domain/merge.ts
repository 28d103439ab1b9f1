import { DomainError } from '@homeward/kernel';
import { standingOf, type KnownPerson, type Others } from './known-person';

/** Two ids mean one human being. Both stay valid; what was recorded under the old one stays under it. */
export interface PersonsMerged {
  kind: 'persons-merged';
  old: KnownPerson;
  survivor: KnownPerson;
  /** What was merged into the old id before: it means the survivor now, too. */
  earlierAliases: readonly string[];
}

/** `others` are those beside the two. The survivor is never an alias itself, so that each alias is one step away. */
export function mergePersons(
  old: KnownPerson,
  survivor: KnownPerson,
  earlierAliases: readonly string[],
  others: Others,
): PersonsMerged {
  if (old.personId === survivor.personId) {
    throw new DomainError('merge-into-itself', 'These are one id already: name another to merge into.', 'rule');
  }
  if (old.mergedInto !== null) {
    throw new DomainError('already-merged', 'This id was merged before: read it, it answers with the id it means.');
  }
  if (survivor.mergedInto !== null) {
    throw new DomainError('survivor-merged', 'The other id was merged itself: merge into the id that it means.');
  }
  if (old.death || survivor.death) {
    throw new DomainError('merge-after-death', 'A death is recorded of one of the two: nobody is merged after it.');
  }
  const version = Math.max(old.version, survivor.version) + 1;
  return {
    kind: 'persons-merged',
    old: { ...old, version: old.version + 1, foundByNumber: false, mergedInto: survivor.personId },
    // Above both, so that a version read under the old id is not taken for one of the survivor.
    survivor: { ...survivor, version, ...standingOf(survivor, survivor.identity, others) },
    earlierAliases,
  };
}
