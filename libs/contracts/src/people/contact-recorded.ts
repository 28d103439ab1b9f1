import { Type, type Static } from '@sinclair/typebox';
import { addDays, endOfDay } from '@homeward/kernel';
import type { EventContract } from '../event-contract';
import { closed, day, oneOf, orNull, uuid } from '../schema';

export const CONTACT_KINDS = [
  'parent',
  'sibling',
  'partner',
  'other-family',
  'friend',
  'paid-carer',
  'advocate',
  'other',
] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** What a contact may act on: the person's own word, what the law gives, or nothing. */
export const AUTHORITIES = [
  'none',
  'consent',
  'parental-responsibility',
  'lasting-power-of-attorney',
  'deputy',
  'nominated-person',
] as const;
export type Authority = (typeof AUTHORITIES)[number];

/** To be somebody's nominated person is a say in their detention, and no right to read. */
const READ_BY: readonly Authority[] = ['consent', 'parental-responsibility', 'lasting-power-of-attorney', 'deputy'];

/** What a contact is, in codes; the same in every event of them. */
export const contactCodes = {
  contactId: uuid('The contact'),
  is: oneOf(CONTACT_KINDS, 'What they are to the person'),
  authority: oneOf(AUTHORITIES, 'What they act on'),
  mayBeTold: Type.Boolean({ description: 'Whether they may be told about the person' }),
  account: orNull(uuid('The account that they sign in with, where they have one')),
  aliasIds: Type.Array(uuid('An id that was merged into the person’s'), {
    description: 'Other ids of the person, so that all of it is seen',
  }),
};

export interface ContactCodes {
  contactId: string;
  is: ContactKind;
  authority: Authority;
  mayBeTold: boolean;
  account: string | null;
  aliasIds: string[];
}

/**
 * As what a contact reads the person's record, where they may: with an account, when they may be told, and as advocate or
 * with an authority that carries it (PERM-11).
 */
export function readsAs({
  is,
  authority,
  mayBeTold,
  account,
}: Omit<ContactCodes, 'contactId' | 'aliasIds'>): 'family' | 'advocate' | null {
  if (account === null || !mayBeTold) return null;
  if (is === 'advocate') return 'advocate';
  return READ_BY.includes(authority) ? 'family' : null;
}

/** The right of a contact to each id of the person; none, where they may not read. */
export function rightsOf(data: ContactCodes, personId: string) {
  const kind = readsAs(data);
  if (kind === null) return [];
  const own = `person/${data.account}`;
  return [personId, ...data.aliasIds].map((id) => ({ personId: id, organisation: own, holder: own, kind }));
}

const schema = closed({
  ...contactCodes,
  until: Type.Optional(day('The first day on which it does not hold any more, where it is known')),
});

export const contactRecorded: EventContract<Static<typeof schema>> = {
  type: 'homeward.people.contact.recorded.v1',
  minor: 0,
  title: 'Somebody is a contact of a person',
  description:
    'With what they act on, and whether they may be told. Family with an authority that carries it, and an advocate, see the person’s record with an account of their own. Who they are and how they are reached stays with people.',
  stream: 'person',
  schema,
  example: {
    contactId: '0199b6a0-0000-7000-8000-000000000060',
    is: 'parent',
    authority: 'consent',
    mayBeTold: true,
    account: '7a1d3b52-5b0e-4f0e-8a51-000000000060',
    aliasIds: [],
  },
  relationships: ({ data, personId, occurredAt }) =>
    rightsOf(data, personId).map((right) => ({
      ...right,
      change: 'open',
      at: occurredAt,
      until: data.until === undefined ? undefined : endOfDay(addDays(data.until, -1)),
    })),
};
