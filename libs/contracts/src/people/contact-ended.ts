import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed } from '../schema';
import { contactCodes, rightsOf } from './contact-recorded';

const schema = closed(contactCodes);

export const contactEnded: EventContract<Static<typeof schema>> = {
  type: 'homeward.people.contact.ended.v1',
  minor: 0,
  title: 'Somebody is a contact of a person no more',
  description:
    'They, or what they act on, ended, was recorded anew, or another advocate was named; or the person died, and nobody reads for them any more. What they could see by it they see no more.',
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
    rightsOf(data, personId).map((right) => ({ ...right, change: 'end', at: occurredAt })),
};
