import type { Authority, ContactKind } from '@homeward/contracts';
import type { Instant } from '@homeward/kernel';
import {
  StaleWrite,
  type Change,
  type Principal,
  type Row,
  type Statement,
  type StreamLock,
} from '@homeward/persistence';
import type { Contact } from '../domain/contact';
import { isLocked } from './known-person.repository';
import { callerOf, means, meantForChange } from './related';

/** The stream of whom the id means, and those on which their contacts were recorded: one that ends, ends on its own. */
export const lockWithContacts = (principal: Principal, id: string): StreamLock => ({
  select: {
    text: `WITH meant AS (SELECT p.person_id FROM person p WHERE ${meantForChange('p', '$3')})
      SELECT 'person/' || person_id AS key FROM meant
      UNION SELECT 'person/' || c.person_id FROM meant JOIN contact c ON c.means_id = meant.person_id`,
    values: [...callerOf(principal), id],
  },
  what: 'person',
});

export const CONTACT = `c.id, c.name, c.telephone, c.how_to_reach, c.kind, c.authority, c.may_be_told, c.may_be_contacted,
  c.account, c.until::text`;

/** Also those that ended, so that ending one again is told apart from none. */
export const loadContacts = (id: string): Statement => ({
  text: `SELECT ${CONTACT}, c.person_id, c.alias_ids, c.ended_at IS NOT NULL AS is_ended,
      ${isLocked('c.person_id')}
    FROM contact c WHERE c.means_id = ${means('$1')} ORDER BY c.id`,
  values: [id],
});

export function contactsIn(rows: Row[] = []): Contact[] {
  if (rows.some(({ locked }) => locked !== true)) throw new StaleWrite('the person was merged meanwhile');
  return rows.map((row) => ({
    ...toContact(row),
    personId: row['person_id'] as string,
    aliasIds: row['alias_ids'] as string[],
    isEnded: row['is_ended'] as boolean,
  }));
}

export const toContact = (row: Row): Omit<Contact, 'personId' | 'aliasIds' | 'isEnded'> => ({
  id: row['id'] as string,
  name: row['name'] as string,
  telephone: row['telephone'] as string | null,
  howToReach: row['how_to_reach'] as string | null,
  is: row['kind'] as ContactKind,
  authority: row['authority'] as Authority,
  mayBeTold: row['may_be_told'] as boolean,
  mayBeContacted: row['may_be_contacted'] as boolean,
  account: row['account'] as string | null,
  until: row['until'] as string | null,
});

export const insertContact = (contact: Contact, at: Date): Change => ({
  text: `INSERT INTO contact (id, person_id, means_id, alias_ids, name, telephone, how_to_reach, kind, authority, may_be_told,
      may_be_contacted, account, until, recorded_at)
    VALUES ($1, $2, $2, $3::uuid[], $4, $5, $6, $7, $8, $9, $10, $11, $12::date, $13) RETURNING 1`,
  values: [
    contact.id,
    contact.personId,
    contact.aliasIds,
    contact.name,
    contact.telephone,
    contact.howToReach,
    contact.is,
    contact.authority,
    contact.mayBeTold,
    contact.mayBeContacted,
    contact.account,
    contact.until,
    at,
  ],
});

export const endChange = ({ id }: Contact, at: Instant): Change => ({
  text: 'UPDATE contact SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL RETURNING 1',
  values: [id, at],
});

/** The contact stays; its account is in the events that opened and ended its rights. */
export const signsInNoMore = ({ id, account }: Contact): Change => ({
  text: 'UPDATE contact SET account = NULL WHERE id = $1 AND account = $2 AND ended_at IS NULL RETURNING 1',
  values: [id, account],
});
