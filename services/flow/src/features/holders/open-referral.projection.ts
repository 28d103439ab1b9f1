import {
  episodeCommunityTeamJoined,
  episodeOpened,
  episodeTeamJoined,
  referralAccepted,
  referralClosed,
  referralReceived,
  referralRedirectAcknowledged,
  referralRejected,
  type EventEnvelope,
} from '@homeward/contracts';
import type { Projection } from '@homeward/messaging';
import { grants, rowLevelSecurity } from '@homeward/persistence';

/**
 * Stages of a referral, as far as holding the person goes. They never fall: two topics have no order between them. While
 * one is received, its own topic says which intake holds: until a redirect is acknowledged the sender, then the other.
 */
const RECEIVED = 1;
const ACCEPTED = 2;
/** Rejected, closed, or taken up by an episode: it holds nobody any more. The row stays, so that a late receipt cannot reopen it. */
const SETTLED = 3;

interface OpenReferral {
  referral_id: string;
  person_id: string;
  stage: number;
  team_id?: string;
  coordinator_id?: string;
  duty_until?: string;
  /** From when on this team holds. */
  since?: string;
  /** Of an open one: how old it is, whichever intake holds it. */
  received_at?: string;
  /** Of an acceptance: how long it waits for its episode is watched. */
  accepted_on?: string;
}

/** Who holds a person by a referral, until an episode does (DEC-04). */
export const openReferral: Projection = {
  name: 'open-referral',
  generation: 4,
  types: [
    referralReceived,
    referralRedirectAcknowledged,
    referralAccepted,
    referralRejected,
    referralClosed,
    episodeOpened,
    episodeCommunityTeamJoined,
    episodeTeamJoined,
  ].map(({ type }) => type),
  tables: ['open_referral'],

  create: (schema) => [
    `CREATE TABLE ${schema}.open_referral (
      referral_id uuid PRIMARY KEY, person_id uuid NOT NULL, stage smallint NOT NULL,
      team_id uuid, coordinator_id uuid, duty_until timestamptz, since timestamptz, received_at timestamptz,
      accepted_on timestamptz)`,
    `CREATE INDEX ON ${schema}.open_referral (person_id) WHERE stage < ${SETTLED}`,
    ...rowLevelSecurity(`${schema}.open_referral`),
    ...grants('flow', `${schema}.open_referral`, 'SELECT'),
  ],

  async apply(tx, events, schema) {
    const latest = new Map<string, OpenReferral>();
    for (const row of events.map(toRow)) {
      const before = latest.get(row.referral_id);
      if (row.stage < (before?.stage ?? 0)) continue;
      const received_at = row.stage === RECEIVED ? (row.received_at ?? before?.received_at) : undefined;
      latest.set(row.referral_id, { ...row, received_at });
    }
    await tx.query(upsert(schema), [JSON.stringify([...latest.values()])]);
  },
};

const COLUMNS = 'referral_id, person_id, stage, team_id, coordinator_id, duty_until, since, received_at, accepted_on';

const upsert = (schema: string): string => `INSERT INTO ${schema}.open_referral AS o (${COLUMNS})
  SELECT ${COLUMNS} FROM json_to_recordset($1) AS e (referral_id uuid, person_id uuid, stage smallint, team_id uuid,
    coordinator_id uuid, duty_until timestamptz, since timestamptz, received_at timestamptz, accepted_on timestamptz)
  ON CONFLICT (referral_id) DO UPDATE SET stage = excluded.stage, team_id = excluded.team_id,
    coordinator_id = excluded.coordinator_id, duty_until = excluded.duty_until, since = excluded.since,
    received_at = CASE WHEN excluded.stage = ${RECEIVED} THEN coalesce(excluded.received_at, o.received_at) END,
    accepted_on = excluded.accepted_on
    WHERE o.stage <= excluded.stage`;

function toRow({ type, personid, occurredat, time, data }: EventEnvelope): OpenReferral {
  const row = { referral_id: (data as { referralId: string }).referralId, person_id: personid ?? '' };
  switch (type) {
    case referralReceived.type: {
      const { intakeTeamId } = data as typeof referralReceived.example;
      return { ...row, stage: RECEIVED, team_id: intakeTeamId, since: occurredat, received_at: occurredat };
    }
    case referralRedirectAcknowledged.type: {
      const { intakeTeamId } = data as typeof referralRedirectAcknowledged.example;
      return { ...row, stage: RECEIVED, team_id: intakeTeamId, since: occurredat };
    }
    case referralAccepted.type: {
      const { teamId, coordinatorId, dutyHolder } = data as typeof referralAccepted.example;
      const answering = {
        coordinator_id: coordinatorId ?? dutyHolder?.practitionerId,
        duty_until: dutyHolder?.until,
      };
      return { ...row, stage: ACCEPTED, team_id: teamId, ...answering, since: occurredat, accepted_on: time };
    }
    default:
      return { ...row, stage: SETTLED };
  }
}
