import { Type, type Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, instant, odsCode, oneOf, uuid } from '../schema';

export const BREAK_GLASS_REASONS = [
  'risk-to-life',
  'emergency-care',
  'crisis-contact',
  'safeguarding',
  'other',
] as const;
export type BreakGlassReason = (typeof BREAK_GLASS_REASONS)[number];

/** Whose look it is, the same in every event of it. */
export const lookedBy = {
  breakGlassId: uuid('The look'),
  organisation: odsCode('The organisation of who looks'),
  practitionerId: uuid('Who looks, and nobody else'),
  aliasIds: Type.Array(uuid('An id that was merged into the person’s'), {
    description: 'Other ids of the person, so that all of it is seen',
  }),
};

const schema = closed({
  ...lookedBy,
  reasonCode: oneOf(BREAK_GLASS_REASONS, 'Why it could not wait'),
  until: instant('When it ends by itself'),
});

export const breakGlassOpened: EventContract<Static<typeof schema>> = {
  type: 'homeward.people.break-glass.opened.v1',
  minor: 0,
  title: 'Somebody looks at a person whom they have no relationship with',
  description:
    'In an emergency a practitioner may look without a relationship, for a reason and for a short time. The privacy role of their organisation is told, and reviews it.',
  stream: 'person',
  schema,
  example: {
    breakGlassId: '0199b6a0-0000-7000-8000-000000000050',
    organisation: 'RZ1',
    practitionerId: '0a3c1d52-5b0e-4f0e-8a51-000000000004',
    aliasIds: [],
    reasonCode: 'emergency-care',
    until: '2026-11-25T13:00:00.000000Z',
  },
  relationships: ({ data, personId, occurredAt }) =>
    [personId, ...data.aliasIds].map((id) => ({
      change: 'open',
      personId: id,
      organisation: data.organisation,
      holder: `practitioner/${data.practitionerId}`,
      kind: 'break-glass',
      subject: `break-glass/${data.breakGlassId}`,
      at: occurredAt,
      until: data.until,
    })),
};
