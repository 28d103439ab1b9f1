import type { Instant } from '@homeward/kernel';

/** A team, and who answers in it. */
export interface Answering {
  organisation: string;
  teamId: string;
  /** The co-ordinator, or whoever is on duty; null where a fact was kept before that was. */
  answeredBy: string | null;
  /** Set for a duty holder. */
  dutyUntil: Instant | null;
}

/** Facts that name the team of the community side. A discharge does, and ends the hospital's. */
type CommunityKind = 'episode-opened' | 'community-team-joined' | 'transfer-completed' | 'hospital-stay-ended';
const HOSPITAL = ['hospital-stay-began', 'hospital-stay-moved'] as const;

interface Told {
  id: string;
  occurredAt: Instant;
  recordedAt: Instant;
  /** Id of the fact that this one takes the place of. */
  corrects?: string;
}

/** Something that made a team answer for a person. */
export interface TeamFact extends Told, Answering {
  kind: CommunityKind | (typeof HOSPITAL)[number];
  /** The episode of the instant at which it happened. */
  episodeId: string;
  hospitalStayId?: string;
}

export interface DeathFact extends Told {
  kind: 'died';
  /** The event that closed an episode by it, or by what it corrects: the next one corrects that. */
  closingId?: string;
}

/** What happened may be told late, and in any order. */
export type AccountabilityFact = TeamFact | DeathFact;

/** A team answers from `from`, included, to `until`, excluded; null: until now and on. */
export interface Holding extends Answering {
  /** The fact that it begins with. */
  factId: string;
  episodeId: string;
  hospitalStayId?: string;
  from: Instant;
  until: Instant | null;
}

/** Who answered for a person, from the first fact to the death. */
export interface Course {
  /** Both sides: while a stay lasts the community team stays named beside the hospital's (DEC-02). */
  community: Holding[];
  hospital: Holding[];
  /** The accountable one: the hospital's while a stay lasts, else the community's. */
  ranges: Holding[];
  diedAt: Instant | null;
}

/**
 * Who was accountable, and when: a fold of all facts by when they happened, however late each is told; of two of one
 * instant the one recorded later holds. So there is exactly one team at every instant from the first fact to the death,
 * without gap or overlap (TRF-03, DEC-04).
 */
export function evolve(facts: readonly AccountabilityFact[]): Course {
  const corrected = new Set(facts.map(({ corrects }) => corrects));
  const standing = facts.filter(({ id }) => !corrected.has(id)).sort(byOccurrence);
  const diedAt = standing.find(({ kind }) => kind === 'died')?.occurredAt ?? null;
  const sides = { community: [] as Holding[], hospital: [] as Holding[] };
  const ranges: Holding[] = [];
  for (const fact of standing) {
    if (fact.kind === 'died') break;
    if (fact.kind === 'hospital-stay-ended') stop(sides.hospital, fact.occurredAt);
    start(isHospital(fact) ? sides.hospital : sides.community, toHolding(fact));
    const accountable = open(sides.hospital) ?? open(sides.community);
    const last = open(ranges);
    if (accountable && (last?.factId !== accountable.factId || last.episodeId !== fact.episodeId))
      start(ranges, { ...accountable, episodeId: fact.episodeId, from: fact.occurredAt });
  }
  const all = [sides.community, sides.hospital, ranges];
  if (diedAt !== null) all.forEach((holdings) => stop(holdings, diedAt));
  const [community = [], hospital = [], accountable = []] = all.map((holdings) =>
    holdings.filter(({ from, until }) => from !== until),
  );
  return { community, hospital, ranges: accountable, diedAt };
}

export const holdingAt = (holdings: readonly Holding[], at: Instant): Holding | undefined =>
  holdings.find(({ from, until }) => from <= at && (until === null || at < until));

/** Who holds a side now, and on. */
export const open = (holdings: readonly Holding[]): Holding | undefined => {
  const last = holdings.at(-1);
  return last?.until === null ? last : undefined;
};

export const isDeath = (fact: AccountabilityFact): fact is DeathFact => fact.kind === 'died';

export const isHospital = ({ kind }: TeamFact): boolean => (HOSPITAL as readonly string[]).includes(kind);

const toHolding = (fact: TeamFact): Holding => ({
  factId: fact.id,
  episodeId: fact.episodeId,
  ...(isHospital(fact) && fact.hospitalStayId !== undefined ? { hospitalStayId: fact.hospitalStayId } : {}),
  organisation: fact.organisation,
  teamId: fact.teamId,
  answeredBy: fact.answeredBy,
  dutyUntil: fact.dutyUntil,
  from: fact.occurredAt,
  until: null,
});

function start(holdings: Holding[], holding: Holding): void {
  stop(holdings, holding.from);
  holdings.push({ ...holding });
}

function stop(holdings: Holding[], at: Instant): void {
  const last = open(holdings);
  if (last) last.until = at;
}

const byOccurrence = (a: AccountabilityFact, b: AccountabilityFact): number =>
  compare(a.occurredAt, b.occurredAt) || compare(a.recordedAt, b.recordedAt) || compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
