import { Type, type Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, day, oneOf } from '../schema';
import { heldBy } from './referral-relationships';

/** What may be missing; the words of the question stay with the referral. */
export const INFORMATION_ITEMS = [
  'accommodation',
  'care-plan',
  'communication-needs',
  'consent',
  'contact-details',
  'existing-services',
  'learning-disability-evidence',
  'medication',
  'reason-for-referral',
  'risk',
  'safeguarding',
  'something-else',
] as const;
export type InformationItem = (typeof INFORMATION_ITEMS)[number];

export const ASKED_OF = ['referrer', 'person', 'family', 'gp', 'another-service'] as const;
export type AskedOf = (typeof ASKED_OF)[number];

const schema = closed({
  ...heldBy,
  itemCodes: Type.Array(oneOf(INFORMATION_ITEMS, 'An item'), { minItems: 1, description: 'What is missing' }),
  askedOf: oneOf(ASKED_OF, 'Who was asked'),
  dueOn: day('By when an answer is needed'),
});

export const referralInformationRequested: EventContract<Static<typeof schema>> = {
  type: 'homeward.referrals.referral.information-requested.v1',
  minor: 0,
  title: 'Information was asked for',
  description:
    'The intake cannot decide yet, and asked somebody for what is missing. It holds the person meanwhile, and the clock keeps running (TRI-02).',
  stream: 'person',
  schema,
  example: {
    referralId: '0199b6a0-0000-7000-8000-000000000010',
    intakeOrganisation: 'RZ1',
    intakeTeamId: '0199b6a0-0000-7000-8000-0000000000a1',
    itemCodes: ['risk', 'medication'],
    askedOf: 'gp',
    dueOn: '2026-12-02',
  },
};
