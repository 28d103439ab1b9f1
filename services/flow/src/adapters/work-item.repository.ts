import type { Change } from '@homeward/persistence';

/** Something that a rule cannot settle and a person must. */
export interface WorkItem {
  teamId: string;
  personId: string;
  episodeId: string;
  referralId: string;
  kind: 'second-team-accepted';
  openedAt: Date;
}

export const insertWorkItem = (item: WorkItem): Change => ({
  text: `INSERT INTO work_item (team_id, person_id, episode_id, referral_id, kind, opened_at)
    VALUES ($1, $2, $3, $4, $5, $6) RETURNING 1`,
  values: [item.teamId, item.personId, item.episodeId, item.referralId, item.kind, item.openedAt],
});
