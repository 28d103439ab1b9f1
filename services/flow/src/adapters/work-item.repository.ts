import type { Change, Principal, Statement, StreamLock } from '@homeward/persistence';
import type { Course } from '../domain/accountability';
import { everyIdOf } from './person-ids';

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

/** For the organisation of the team that was asked, also where its view of the person has ended. */
export const personOfWorkItem = ({ organisation }: Principal, id: string): StreamLock => ({
  select: {
    text: `SELECT 'person/' || w.person_id AS key FROM work_item w JOIN team t ON t.id = w.team_id
      WHERE w.id = $1 AND t.organisation = $2`,
    values: [id, organisation],
  },
  what: 'work-item',
});

export const loadWorkItem = (id: string): Statement => ({
  text: 'SELECT team_id, person_id, kind, settled_at FROM work_item WHERE id = $1',
  values: [id],
});

export const settleWorkItem = (id: string, now: Date): Change => ({
  text: 'UPDATE work_item SET settled_at = $2 WHERE id = $1 AND settled_at IS NULL RETURNING 1',
  values: [id, now],
});

/** What happened settles them; every kind unless one is named, less the task that a death itself opens. */
export const settleWorkItems = (personId: string, now: Date, kind?: WorkItemKind): Change => ({
  text: `UPDATE work_item SET settled_at = $2 WHERE person_id = $1 AND settled_at IS NULL
    AND CASE WHEN $3::text IS NULL THEN kind <> 'leder-notification' ELSE kind = $3 END RETURNING 1`,
  values: [personId, now, kind ?? null],
  rows: 'any',
});

/** Whoever was accountable last is asked once to notify the death to LeDeR (DEC-05, DEC-06). */
export function askToNotify(personId: string, { ranges, diedAt }: Course, now: Date): Change[] {
  const last = ranges.at(-1);
  if (!last || diedAt === null) return [];
  return [
    {
      text: `INSERT INTO work_item (team_id, person_id, episode_id, kind, opened_at)
        SELECT $2, $1, $3, 'leder-notification', $4
        WHERE NOT EXISTS (SELECT FROM work_item WHERE person_id = $1 AND kind = 'leder-notification') RETURNING 1`,
      values: [personId, last.teamId, last.episodeId, now],
      rows: 'any',
    },
  ];
}

/** Where no team was accountable under any id of the person, the intake of the referral that a death closed is, once. */
export const askIntakeToNotify = (
  asked: { personId: string; referralId: string; teamId: string },
  now: Date,
): Change => ({
  text: `INSERT INTO work_item (team_id, person_id, referral_id, kind, opened_at)
    SELECT $2, $1, $3, 'leder-notification', $4
    WHERE NOT EXISTS (SELECT FROM ${everyIdOf('$1')} JOIN accountability a ON a.person_id = ids.id)
      AND NOT EXISTS (SELECT FROM ${everyIdOf('$1')} JOIN work_item w ON w.person_id = ids.id
        WHERE w.kind = 'leder-notification') RETURNING 1`,
  values: [asked.personId, asked.teamId, asked.referralId, now],
  rows: 'any',
});
