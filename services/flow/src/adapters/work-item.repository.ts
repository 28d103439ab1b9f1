import type { Change } from '@homeward/persistence';

/** Something that a rule cannot settle and a person must. */
export interface WorkItem {
  id: string;
  teamId: string;
  personId: string;
  episodeId: string;
  referralId: string;
  kind: 'second-team-accepted';
  openedAt: Date;
}

export const insertWorkItem = (item: WorkItem): Change => ({
  text: `INSERT INTO work_item (id, team_id, person_id, episode_id, referral_id, kind, opened_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING 1`,
  values: [item.id, item.teamId, item.personId, item.episodeId, item.referralId, item.kind, item.openedAt],
});
