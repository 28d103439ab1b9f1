/** An event that bears on who is accountable, by when it happened, then by when it was recorded. */
export interface Fact {
  id: string;
  type: string;
  at: string;
  team: string | null;
  corrects: string | null;
}

export interface Range {
  team: string;
  from: string;
  /** Null: still so. */
  until: string | null;
}

const COMMUNITY = [
  'homeward.flow.episode.opened.v1',
  'homeward.flow.episode.community-team-joined.v1',
  'homeward.flow.transfer.completed.v1',
  'homeward.flow.hospital-stay.ended.v1',
];
const STAYS = ['homeward.flow.hospital-stay.began.v1', 'homeward.flow.hospital-stay.moved.v1'];
const ENDED = 'homeward.flow.hospital-stay.ended.v1';
const DIED = 'homeward.people.person.died.v1';
export const FACT_TYPES = [...COMMUNITY, ...STAYS, DIED];

/**
 * Who was accountable by the log alone, asked instant by instant and not by flow's own fold, which is what is judged: the
 * hospital team while a stay lasts, else the community's, until the death. Without a team's fact a death means nothing.
 */
export function rangesBy(facts: readonly Fact[]): Range[] {
  const corrected = new Set(facts.map(({ corrects }) => corrects));
  const standing = facts.filter(({ id }) => !corrected.has(id));
  const died = standing.find(({ type }) => type === DIED)?.at ?? null;
  const instants = [...new Set(standing.map(({ at }) => at))];
  const ranges = instants.flatMap((from, i) => {
    const known = standing.slice(0, standing.findLastIndex(({ at }) => at === from) + 1);
    if (known.some(({ type }) => type === DIED)) return [];
    const stay = known.findLast(({ type }) => STAYS.includes(type) || type === ENDED);
    const team = stay && stay.type !== ENDED ? stay.team : known.findLast(({ type }) => COMMUNITY.includes(type))?.team;
    return team ? [{ team, from, until: instants[i + 1] ?? died }] : [];
  });
  return touching(ranges);
}

/** Ranges of one team that touch are one. */
export function touching(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const { team, from, until } of ranges) {
    const last = joined.at(-1);
    if (last?.team === team && last.until === from) last.until = until;
    else joined.push({ team, from, until });
  }
  return joined;
}
