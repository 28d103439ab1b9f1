import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, oneOf } from '../schema';
import { heldBy } from './referral-relationships';

/** How somebody was in touch; all but what is written is direct (C2). */
export const CARE_CONTACT_WAYS = ['face-to-face', 'telephone', 'video', 'written'] as const;
export type CareContactWay = (typeof CARE_CONTACT_WAYS)[number];

export const CARE_CONTACT_WITH = ['person', 'carer'] as const;
export type CareContactWith = (typeof CARE_CONTACT_WITH)[number];

export const CARE_CONTACT_OUTCOMES = [
  'attended',
  'did-not-attend',
  'was-not-brought',
  'cancelled-by-us',
  'cancelled-by-the-person',
] as const;
export type CareContactOutcome = (typeof CARE_CONTACT_OUTCOMES)[number];

export const CARE_CONTACT_PURPOSES = ['care', 'waiting-well'] as const;
export type CareContactPurpose = (typeof CARE_CONTACT_PURPOSES)[number];

const schema = closed({
  ...heldBy,
  way: oneOf(CARE_CONTACT_WAYS, 'How'),
  withWhom: oneOf(CARE_CONTACT_WITH, 'With the person, or with a carer where the person cannot'),
  outcome: oneOf(CARE_CONTACT_OUTCOMES, 'Whether it came about'),
  purpose: oneOf(CARE_CONTACT_PURPOSES, 'For care, or to hear how somebody is who waits (WL-06)'),
});

export const careContactRecorded: EventContract<Static<typeof schema>> = {
  type: 'homeward.referrals.care-contact.recorded.v1',
  minor: 0,
  title: 'A contact with a person was recorded',
  description:
    'Somebody was in touch about a referral, or tried to be. Told late and in any order: which was the first is judged by when each was (C2).',
  stream: 'person',
  schema,
  example: {
    referralId: '0199b6a0-0000-7000-8000-000000000010',
    intakeOrganisation: 'RZ1',
    intakeTeamId: '0199b6a0-0000-7000-8000-0000000000a1',
    way: 'telephone',
    withWhom: 'person',
    outcome: 'attended',
    purpose: 'care',
  },
};
