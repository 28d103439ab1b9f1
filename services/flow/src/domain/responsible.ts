import {
  episodeOpened,
  referralAccepted,
  referralReceived,
  referralRejected,
  transferCompleted,
} from '@homeward/contracts';
import type { Instant } from '@homeward/kernel';
import { accountableAt, evolve, type AccountabilityFact } from './accountability';

/** An entry of a person's journey. */
export interface Entry {
  id: string;
  type: string;
  occurredAt: Instant;
  recordedAt: Instant;
  data: unknown;
}

/** Who held a person at an instant, by what the entries tell. */
export interface Responsible {
  by: 'episode' | 'accepted-referral' | 'intake';
  teamId: string;
  since: Instant;
  /** The co-ordinator, or who was on duty; nobody by name while the intake holds. */
  answeredBy: string | null;
}

type Answering = Pick<typeof episodeOpened.example, 'teamId' | 'coordinatorId' | 'dutyHolder'>;

/**
 * The accountable team by `evolve`; before an episode the accepting team, else the intake of the oldest open referral
 * (DEC-04). `entries` end at `at`.
 */
export function responsibleAt(entries: readonly Entry[], at: Instant): Responsible | null {
  const range = accountableAt(evolve(entries.flatMap(toFact)), at);
  if (range) {
    const entry = entries.find(({ id }) => id === range.factId);
    const { coordinatorId, dutyHolder } = entry?.data as Answering;
    const answeredBy = coordinatorId ?? dutyHolder?.practitionerId ?? null;
    return { by: 'episode', teamId: range.teamId, since: range.from, answeredBy };
  }
  return byReferral(entries);
}

function toFact({ id, type, occurredAt, recordedAt, data }: Entry): AccountabilityFact[] {
  if (type === episodeOpened.type) {
    const { episodeId, teamId } = data as typeof episodeOpened.example;
    return [{ id, kind: 'episode-opened', episodeId, teamId, occurredAt, recordedAt }];
  }
  if (type === transferCompleted.type) {
    const { episodeId, toTeamId: teamId } = data as typeof transferCompleted.example;
    return [{ id, kind: 'transfer-completed', episodeId, teamId, occurredAt, recordedAt }];
  }
  return [];
}

function byReferral(entries: readonly Entry[]): Responsible | null {
  const referrals = new Map<string, Responsible>();
  for (const { type, occurredAt: since, data } of entries) {
    const { referralId } = data as { referralId: string };
    if (type === referralReceived.type) {
      const { intakeTeamId: teamId } = data as typeof referralReceived.example;
      referrals.set(referralId, { by: 'intake', teamId, since, answeredBy: null });
    }
    if (type === referralAccepted.type) {
      const { teamId, coordinatorId, dutyHolder } = data as Answering;
      const answeredBy = coordinatorId ?? dutyHolder?.practitionerId ?? null;
      referrals.set(referralId, { by: 'accepted-referral', teamId, since, answeredBy });
    }
    if (type === referralRejected.type) referrals.delete(referralId);
  }
  const open = [...referrals.values()].sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
  return open.find(({ by }) => by === 'accepted-referral') ?? open[0] ?? null;
}
