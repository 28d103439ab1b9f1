import type { Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed } from '../schema';
import { consentCodes } from './consent-decided';

const schema = closed(consentCodes);

export const consentWithdrawn: EventContract<Static<typeof schema>> = {
  type: 'homeward.people.consent.withdrawn.v1',
  minor: 0,
  title: 'A decision on consent was withdrawn',
  description:
    'It counts at once (CON-4). Whoever holds copies that rest on this decision deletes them, or keeps them from use.',
  stream: 'person',
  schema,
  example: { consentId: '0199b6a0-0000-7000-8000-000000000060', purpose: 'register' },
};
