import type { Change, Statement } from '@homeward/persistence';

export const WORK_ITEM_KINDS = [
  'second-team-accepted',
  'two-episodes-one-person',
  'transfer-superseded',
  'discharge-not-accepted',
  'leder-notification',
] as const;
export type WorkItemKind = (typeof WORK_ITEM_KINDS)[number];

/** Something that a rule cannot settle and a person must. */
export interface WorkItem {
  teamId: string;
  personId: string;
  kind: WorkItemKind;
  episodeId?: string;
  referralId?: string;
  /** `transfer/<id>`, `hospital-stay/<id>` */
  subject?: string;
  openedAt: Date;
}

export const insertWorkItem = (item: WorkItem): Change => ({
  text: `INSERT INTO work_item (team_id, person_id, episode_id, referral_id, kind, subject, opened_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING 1`,
  values: [
    item.teamId,
    item.personId,
    item.episodeId ?? null,
    item.referralId ?? null,
    item.kind,
    item.subject ?? null,
    item.openedAt,
  ],
});

/** What happened settles them; every kind unless one is named. */
export const settleWorkItems = (personId: string, now: Date, kind?: WorkItemKind): Change => ({
  text: `UPDATE work_item SET settled_at = $2
    WHERE person_id = $1 AND settled_at IS NULL AND ($3::text IS NULL OR kind = $3) RETURNING 1`,
  values: [personId, now, kind ?? null],
  rows: 'any',
});

/** One row where somebody was asked already. */
export const loadWorkItem = (personId: string, kind: WorkItemKind): Statement => ({
  text: 'SELECT id FROM work_item WHERE person_id = $1 AND kind = $2 LIMIT 1',
  values: [personId, kind],
});
