/** What is wrong with an audit, by what was done to it. */
export type Kind = 'changed' | 'missing' | 'inserted' | 'reordered' | 'cut' | 'forged' | 'unsealed';

/** A run of entries of which the same is to be said. */
export interface Finding {
  kind: Kind;
  /** Places in the order of sealing; of rows that were never sealed, there are none. */
  from?: bigint;
  to?: bigint;
  /** How many, where places do not say it. */
  count?: number;
  /** When the first of them says that it was recorded. */
  recorded?: string;
}

const SAYS: Record<Kind, string> = {
  changed: 'not as recorded: changed afterwards',
  missing: 'gone: deleted afterwards',
  inserted: 'put in afterwards: with a time before which everything had been sealed',
  reordered: 'not in the order in which it was sealed',
  cut: 'cut off: signed once, and no longer there',
  forged: 'signed by nobody who may: records in the topic homeward.audit-heads',
  unsealed: 'waiting to be sealed for too long: the sealer does not run, and nothing shows what is done to it',
};

/** In words for whoever has to act on it. */
export function sayFinding({ kind, from, to, count, recorded }: Finding): string {
  const places = from === undefined ? `${count ?? 1} ${count === 1 ? 'row' : 'rows'}` : placesOf(from, to ?? from);
  const when = recorded === undefined ? '' : `, recorded ${recorded}`;
  return `${kind.toUpperCase()}: ${places}${when}: ${SAYS[kind]}.`;
}

const placesOf = (from: bigint, to: bigint): string => (from === to ? `entry ${from}` : `entries ${from} to ${to}`);

/** Neighbours of one kind are one finding. */
export class Findings {
  private readonly found: Finding[] = [];

  at(kind: Kind, seq: bigint, recorded?: string, to = seq): void {
    const before = this.found.find(
      ({ kind: said, from: first, to: last }) =>
        said === kind && first !== undefined && last !== undefined && first <= seq && seq <= last + 1n,
    );
    if (before) before.to = to > (before.to ?? to) ? to : before.to;
    else this.found.push({ kind, from: seq, to, recorded });
  }

  count(kind: Kind, count: number, recorded?: string): void {
    if (count > 0) this.found.push({ kind, count, recorded });
  }

  all(): Finding[] {
    return this.found;
  }
}
