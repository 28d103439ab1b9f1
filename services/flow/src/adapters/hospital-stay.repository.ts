import type { Change, Principal, Row, Statement, StreamLock } from '@homeward/persistence';
import { callerOf, mayTellOf } from './related';

type Selected = Extract<StreamLock, { select: Statement }>;

/** For whose hospital it is, or who has a right to the person: an admission may be the first that anybody tells. */
export const personForAdmission = (caller: Principal, personId: string, teamId: string): Selected => ({
  select: {
    text: `SELECT 'person/' || $3::uuid AS key WHERE ${mayTellOf('$3')}
      OR EXISTS (SELECT FROM team t WHERE t.id = $4 AND t.organisation = $1 AND t.kind = 'hospital')`,
    values: [...callerOf(caller), personId, teamId],
  },
  what: 'person',
});

export const personForDischarge = (caller: Principal, personId: string): Selected => ({
  select: {
    text: `SELECT 'person/' || $3::uuid AS key WHERE ${mayTellOf('$3')}`,
    values: [...callerOf(caller), personId],
  },
  what: 'person',
});

/** A hospital of the stay may tell what happened in it also when its own part is over. */
export const personOfStay = (caller: Principal, stayId: string): StreamLock => ({
  select: {
    text: `SELECT 'person/' || s.person_id AS key FROM hospital_stay s WHERE s.id = $3 AND (${mayTellOf('s.person_id')}
      OR EXISTS (SELECT FROM accountability_fact f JOIN team t ON t.id = f.team_id
        WHERE f.hospital_stay_id = s.id AND t.organisation = $1 AND t.kind = 'hospital'))`,
    values: [...callerOf(caller), stayId],
  },
  what: 'hospital-stay',
});

export const loadStay = (id: string): Statement => ({
  text: 'SELECT person_id, version, discharge_accepted_at FROM hospital_stay WHERE id = $1',
  values: [id],
});

/** A stay as it is stored. */
export interface Stay {
  id: string;
  personId: string;
  /** 0: nobody has told of it yet. */
  version: number;
  dischargeAcceptedAt: Date | null;
}

export const toStay = (id: string, row: Row): Stay => ({
  id,
  personId: row['person_id'] as string,
  version: Number(row['version']),
  dischargeAcceptedAt: row['discharge_accepted_at'] as Date | null,
});

export const insertStay = (id: string, personId: string): Change => ({
  text: 'INSERT INTO hospital_stay (id, person_id) VALUES ($1, $2) RETURNING 1',
  values: [id, personId],
});

/** Something more is known of it; a new discharge waits for its acceptance again. */
export const updateStay = (id: string, version: number, dischargeAcceptedAt: Date | null): Change => ({
  text: `UPDATE hospital_stay SET version = version + 1, discharge_accepted_at = $3
    WHERE id = $1 AND version = $2 RETURNING 1`,
  values: [id, version, dischargeAcceptedAt],
});
