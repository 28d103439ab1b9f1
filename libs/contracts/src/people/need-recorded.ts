import { Type, type Static } from '@sinclair/typebox';
import type { EventContract } from '../event-contract';
import { closed, day, oneOf, orNull, uuid } from '../schema';

/** How somebody is told things and takes part, by the kinds that the national standards ask for (DAPB1605, AUD-05). */
export const NEEDS = {
  format: ['easy-read', 'large-print', 'braille', 'audio', 'film', 'bsl-film', 'symbols'],
  communication: [
    'short-sentences',
    'time-to-answer',
    'makaton',
    'bsl',
    'interpreter',
    'objects-of-reference',
    'communication-aid',
    'through-somebody',
  ],
  contact: [
    'contact-by-telephone',
    'contact-by-text',
    'contact-by-email',
    'contact-by-post',
    'contact-in-person',
    'contact-through-somebody',
  ],
  adjustment: [
    'extra-time',
    'quiet-place',
    'first-or-last-appointment',
    'somebody-they-trust',
    'same-practitioner',
    'home-visit',
    'step-free',
  ],
} as const;
export type NeedKind = keyof typeof NEEDS;
export type NeedCode = (typeof NEEDS)[NeedKind][number];

export const NEED_KINDS = Object.keys(NEEDS) as NeedKind[];
export const NEED_CODES: readonly NeedCode[] = Object.values(NEEDS).flat();

export const needKindOf = (code: NeedCode): NeedKind =>
  NEED_KINDS.find((kind) => (NEEDS[kind] as readonly NeedCode[]).includes(code)) as NeedKind;

/** Which need it is, the same in every event of it. Not since when: that may be the day of birth (DEC-35). */
export const neededBy = {
  needId: uuid('The need'),
  kind: oneOf(NEED_KINDS, 'The form of information, how to communicate, how to be in touch, or an adjustment'),
  code: oneOf(NEED_CODES, 'What the person needs'),
  language: orNull(
    Type.String({ pattern: '^[a-z]{2,3}$', description: 'ISO 639 code of the language, of an interpreter' }),
  ),
};

const schema = closed({
  ...neededBy,
  reviewBy: day('By when somebody asks again whether it still helps'),
});

export const needRecorded: EventContract<Static<typeof schema>> = {
  type: 'homeward.people.need.recorded.v1',
  minor: 0,
  title: 'What a person needs was recorded, or looked at again',
  description:
    'In which form they are told things, how to communicate and be in touch with them, and what makes it possible to take part. Whoever writes to them, or sees them, goes by it. Told again of a need that holds, it has the same id. What helps in their own words stays in people.',
  stream: 'person',
  schema,
  example: {
    needId: '0199b6a0-0000-7000-8000-000000000060',
    kind: 'format',
    code: 'easy-read',
    language: null,
    reviewBy: '2027-11-25',
  },
};
