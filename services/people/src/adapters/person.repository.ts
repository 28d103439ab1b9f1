import { StaleWrite, type Change, type Row, type Statement, type StreamLock } from '@homeward/persistence';
import {
  nameKey,
  raisesIdentityQuestion,
  type Match,
  type PersonDetails,
  type PersonRegistered,
} from '../domain/person';
import { askWho } from './identity-question.repository';
import { isLocked } from './known-person.repository';

export interface Sought {
  lock: string;
  nhsNumber: string | null;
  birthDate: string;
  newPersonId: string;
}

/**
 * The lock of the number, then the stream of whom it means. The match in here may be older than the lock: `matched`
 * looks again, under it.
 */
export const lockIdentity = ({ lock, nhsNumber, birthDate, newPersonId }: Sought): StreamLock => ({
  select: {
    text: `SELECT $1::text AS key UNION ALL
      SELECT 'person/' || coalesce(m.person_id, $4::uuid) FROM match_person($2, $3::date) AS m`,
    values: [lock, nhsNumber, birthDate, newPersonId],
  },
  what: 'person',
});

export const loadMatch = ({ nhsNumber, birthDate, newPersonId }: Sought): Statement => ({
  text: `SELECT m.person_id, m.provisional, m.number_known,
      ${isLocked('coalesce(m.person_id, $3::uuid)')}
    FROM match_person($1, $2::date) AS m`,
  values: [nhsNumber, birthDate, newPersonId],
});

/**
 * The number was registered, or its person corrected or merged, while we waited: begin again, and lock whom it means
 * now. `locked` is whether this transaction holds their stream.
 */
export function matched(row: Row | undefined): Match {
  if (!row) throw new Error('match_person answers one row');
  if (row['locked'] !== true) throw new StaleWrite('the number means somebody else by now');
  if (row['person_id'] === null) return { agrees: row['number_known'] === true ? 'number-only' : 'nothing' };
  return {
    agrees: 'number-and-birth-date',
    personId: String(row['person_id']),
    provisional: row['provisional'] === true,
  };
}

const DETAILS =
  'nhs_number, nhs_number_absent_reason, given_name, family_name, birth_date, home_lines, postcode, responsible_icb, basis, home_restricted';
const DETAIL_VALUES = '$4, $5, $6, $7, $8::date, $9::text[], $10, $11, $12, $13::boolean';

const detailValues = (details: PersonDetails): unknown[] => [
  details.nhsNumber,
  details.nhsNumberAbsentReason,
  details.givenName,
  details.familyName,
  details.birthDate,
  details.home.lines,
  details.home.postcode,
  details.home.responsibleIcb,
  details.basis,
  details.home.restricted ?? false,
];

/** The same three statements for everybody, so that nothing tells whether a person was known. */
export function changesOf(event: PersonRegistered, at: Date): Change[] {
  const { personId, organisation, registrationId, details } = event;
  return [
    {
      text: `INSERT INTO person (person_id, provisional, registered_at, ${DETAILS}, given_name_key, family_name_key)
        SELECT $1::uuid, $2::boolean, $3::timestamptz, ${DETAIL_VALUES}, $14, $15 WHERE $16::boolean RETURNING 1`,
      values: [
        personId,
        event.provisional,
        at,
        ...detailValues(details),
        nameKey(details.givenName),
        nameKey(details.familyName),
        event.newToIndex,
      ],
      rows: 'any',
    },
    {
      text: `INSERT INTO registration (registration_id, person_id, registered_at, ${DETAILS}, organisation)
        VALUES ($1, $2, $3, ${DETAIL_VALUES}, $14) RETURNING 1`,
      values: [registrationId, personId, at, ...detailValues(details), organisation],
    },
    askWho(registrationId, personId, organisation, at, raisesIdentityQuestion(event)),
  ];
}
