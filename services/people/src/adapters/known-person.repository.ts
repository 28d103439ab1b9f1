import type { Instant } from '@homeward/kernel';
import {
  inUtc,
  NotFound,
  StaleWrite,
  type Change,
  type CommandContext,
  type Principal,
  type Row,
  type Statement,
  type StreamLock,
} from '@homeward/persistence';
import type { KnownPerson } from '../domain/known-person';
import { nameKey, type AbsentReason, type Basis } from '../domain/person';
import { callerOf, learnerOf, meantBy, meantForChange, meantForLearning } from './related';

/** The stream of whom the id means, an id that was merged means its survivor; and whatever else is to be locked. */
export const lockPerson = (principal: Principal, id: string, more: string[] = []): StreamLock => ({
  select: {
    text: `SELECT wanted.key FROM person p CROSS JOIN LATERAL unnest(ARRAY['person/' || p.person_id] || $4::text[]) AS wanted (key)
      WHERE ${meantForChange('p', '$3')}`,
    values: [...callerOf(principal), id, more],
  },
  what: 'person',
});

/** As `lockPerson`, for who may learn a restricted home. */
export const lockIfLearns = (principal: Principal, id: string): StreamLock => ({
  select: {
    text: `SELECT 'person/' || p.person_id AS key FROM person p WHERE ${meantForLearning('p', '$5')}`,
    values: [...learnerOf(principal), id],
  },
  what: 'person',
});

/** Whether this transaction holds the person's stream: the id may mean somebody else since it was locked. `id` is SQL. */
export const isLocked = (id: string): string =>
  `EXISTS (SELECT FROM stream s WHERE s.key = 'person/' || ${id} AND s.xmin = pg_current_xact_id()::xid) AS locked`;

export const KNOWN_PERSON = `p.person_id, p.version, p.nhs_number, p.nhs_number_absent_reason, p.given_name, p.family_name,
  p.birth_date::text, p.basis, p.provisional, p.found_by_number, p.died_on::text, p.death_event_id,
  ${inUtc('p.died_at')} AS died_at,
  (SELECT a.survivor_id FROM person_alias a WHERE a.alias_id = p.person_id) AS survivor_id,
  ${isLocked('p.person_id')}`;

export const loadPerson = (id: string): Statement => ({
  text: `SELECT ${KNOWN_PERSON} FROM person p WHERE ${meantBy('p', '$1')}`,
  values: [id],
});

export function knownPerson(row: Row | undefined): KnownPerson {
  if (!row) throw new NotFound('person');
  if (row['locked'] !== true) throw new StaleWrite('the person was merged meanwhile');
  return {
    personId: row['person_id'] as string,
    version: row['version'] as number,
    identity: {
      nhsNumber: row['nhs_number'] as string | null,
      nhsNumberAbsentReason: row['nhs_number_absent_reason'] as AbsentReason | null,
      givenName: row['given_name'] as string,
      familyName: row['family_name'] as string,
      birthDate: row['birth_date'] as string,
      basis: row['basis'] as Basis,
    },
    provisional: row['provisional'] as boolean,
    foundByNumber: row['found_by_number'] as boolean,
    death: row['died_on']
      ? {
          on: row['died_on'] as string,
          at: row['died_at'] as Instant | null,
          eventId: row['death_event_id'] as string,
        }
      : null,
    mergedInto: row['survivor_id'] as string | null,
  };
}

/** All of the person as they are afterwards, guarded by the version before. */
export function personChange(before: KnownPerson, after: KnownPerson): Change {
  const { identity, death } = after;
  return {
    text: `UPDATE person SET version = $3, nhs_number = $4, nhs_number_absent_reason = $5, given_name = $6,
      family_name = $7, birth_date = $8::date, basis = $9, given_name_key = $10, family_name_key = $11,
      provisional = $12, found_by_number = $13, died_on = $14::date, died_at = $15::timestamptz, death_event_id = $16
      WHERE person_id = $1 AND version = $2 RETURNING 1`,
    values: [
      before.personId,
      before.version,
      after.version,
      identity.nhsNumber,
      identity.nhsNumberAbsentReason,
      identity.givenName,
      identity.familyName,
      identity.birthDate,
      identity.basis,
      nameKey(identity.givenName),
      nameKey(identity.familyName),
      after.provisional,
      after.foundByNumber,
      death?.on ?? null,
      death?.at ?? null,
      death?.eventId ?? null,
    ],
  };
}

/** What was before, and who changed it: for an auditor. */
export const keepHistory = (
  context: CommandContext,
  { personId, version }: KnownPerson,
  what: 'identity' | 'home' | 'death' | 'need',
  before: object,
  at: Date,
): Change => ({
  text: `INSERT INTO person_history (person_id, version, what, before, changed_at, organisation, sub)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING 1`,
  values: [personId, version, what, JSON.stringify(before), at, context.principal.organisation, context.principal.sub],
});
