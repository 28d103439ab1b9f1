import {
  episodeCommunityTeamJoined,
  episodeOpened,
  hospitalStayBegan,
  hospitalStayEnded,
  hospitalStayMoved,
  personDied,
  referralAccepted,
  referralClosed,
  referralReceived,
  referralRedirectAcknowledged,
  referralRejected,
  transferCompleted,
} from '@homeward/contracts';
import { happenedBy, londonDate, type Instant } from '@homeward/kernel';
import { evolve, holdingAt, type AccountabilityFact } from './accountability';
import { answeringIn, type Responsibility } from './responsibility';
import type { TeamOf } from './transfer';

/** An entry of a person's journey. */
export interface Entry {
  id: string;
  type: string;
  occurredAt: Instant;
  /** Of a day only that is known: `occurredAt` is its beginning. */
  precision?: 'day' | 'instant';
  recordedAt: Instant;
  data: unknown;
}

/** Who held a person at an instant, by what the entries tell. */
export interface Responsible {
  by: 'episode' | 'hospital-stay' | 'died' | 'accepted-referral' | 'intake';
  teamId: string;
  since: Instant;
  /** The co-ordinator, or who was on duty; nobody by name while the intake holds. */
  answeredBy: string | null;
  /** During a hospital stay: the community team and who answers there (DEC-02). */
  beside: { teamId: string; answeredBy: string | null } | null;
}

type Answering = Pick<typeof episodeOpened.example, 'teamId' | 'coordinatorId' | 'dutyHolder'>;

/**
 * The accountable team by `evolve`, after the death the last one; before an episode the accepting team, else the intake
 * that has held longest by an open referral (DEC-04). `entries` end at `at`.
 */
export function responsibleAt(entries: readonly Entry[], at: Instant): Responsible | null {
  const { ranges, community, diedAt } = evolve(entries.flatMap(toFact));
  const died = diedAt !== null && diedAt <= at;
  const range = died ? ranges.at(-1) : holdingAt(ranges, at);
  if (!range) return byReferral(entries);
  const { teamId, answeredBy, from: since, hospitalStayId } = range;
  const by = died ? 'died' : hospitalStayId === undefined ? 'episode' : 'hospital-stay';
  const named = by === 'hospital-stay' ? holdingAt(community, at) : undefined;
  const beside = named ? { teamId: named.teamId, answeredBy: named.answeredBy } : null;
  return { by, teamId, since, answeredBy, beside };
}

/** What an entry says of who answers, if it does. */
const KINDS: Record<string, AccountabilityFact['kind']> = {
  [episodeOpened.type]: 'episode-opened',
  [episodeCommunityTeamJoined.type]: 'community-team-joined',
  [transferCompleted.type]: 'transfer-completed',
  [hospitalStayBegan.type]: 'hospital-stay-began',
  [hospitalStayMoved.type]: 'hospital-stay-moved',
  [hospitalStayEnded.type]: 'hospital-stay-ended',
  [personDied.type]: 'died',
};

function toFact({ id, type, occurredAt, precision, recordedAt, data }: Entry): AccountabilityFact[] {
  const kind = KINDS[type];
  if (!kind) return [];
  if (kind === 'died') {
    const occurred = precision === 'day' ? londonDate(new Date(occurredAt)) : occurredAt;
    return [{ id, kind, occurredAt: happenedBy(occurred, recordedAt), recordedAt }];
  }
  const told = data as Answering & { episodeId: string; hospitalStayId?: string };
  const { organisation, teamId } = type === transferCompleted.type ? receiving(data) : (data as TeamOf);
  const answering = answeringIn({ organisation, teamId }, told as Responsibility);
  const { episodeId, hospitalStayId } = told;
  return [{ id, kind, episodeId, hospitalStayId, ...answering, occurredAt, recordedAt }];
}

const receiving = (data: unknown): TeamOf => {
  const { toOrganisation, toTeamId } = data as typeof transferCompleted.example;
  return { organisation: toOrganisation, teamId: toTeamId };
};

function byReferral(entries: readonly Entry[]): Responsible | null {
  const referrals = new Map<string, Responsible>();
  // Withdrawn as of a moment before another intake acknowledged: that one never held.
  const settled = new Set<string>();
  for (const { type, occurredAt: since, data } of entries) {
    const { referralId } = data as { referralId: string };
    if (settled.has(referralId)) continue;
    if (type === referralReceived.type || type === referralRedirectAcknowledged.type) {
      const { intakeTeamId: teamId } = data as typeof referralReceived.example;
      referrals.set(referralId, { by: 'intake', teamId, since, answeredBy: null, beside: null });
    }
    if (type === referralAccepted.type) {
      const { teamId, coordinatorId, dutyHolder } = data as Answering;
      const answeredBy = coordinatorId ?? dutyHolder?.practitionerId ?? null;
      referrals.set(referralId, { by: 'accepted-referral', teamId, since, answeredBy, beside: null });
    }
    if (type === referralRejected.type || type === referralClosed.type) {
      referrals.delete(referralId);
      settled.add(referralId);
    }
  }
  // A Map keeps its order, which is that of the receipts: how old a referral is, whichever intake holds it since.
  const open = [...referrals.values()];
  const accepted = open.filter(({ by }) => by === 'accepted-referral').sort((a, b) => (a.since < b.since ? -1 : 1));
  return accepted[0] ?? open[0] ?? null;
}
