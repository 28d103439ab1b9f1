interface Kind {
  /** Which service's events open and end it. */
  of: string;
  opens: string;
  ends: string;
}

/** Why an organisation may see something of a person, and for how long (decisions DEC-32). */
export const RELATIONSHIP_KINDS = {
  self: { of: 'people', opens: 'the registration', ends: 'never' },
  'break-glass': { of: 'people', opens: 'a look in an emergency', ends: 'by itself, or by its review (PERM-01)' },
  referrer: { of: 'referrals', opens: 'their referral', ends: 'never: it shows how that referral stands' },
  intake: { of: 'referrals', opens: 'a referral received', ends: 'accepted, rejected or closed' },
  'accepting-team': { of: 'referrals', opens: 'a referral accepted', ends: 'stands in until the episode is open' },
  'receiving-team': { of: 'flow', opens: 'a transfer proposed, a redirect', ends: 'completed, declined, withdrawn' },
  'accountable-team': {
    of: 'flow',
    opens: 'an episode, an admission, a transfer completed',
    ends: 'the next of these',
  },
  'contributing-team': { of: 'flow', opens: 'joining an episode', ends: 'the episode closed' },
  coordinator: { of: 'flow', opens: 'being named in an episode', ends: 'another being named' },
  'responsible-commissioner': { of: 'support-register', opens: 'an entry, a stay', ends: 'another board answers' },
  'host-commissioner': { of: 'discharge', opens: 'a hospital stay in its area', ends: 'the end of the stay' },
  'council-of-residence': { of: 'support-register', opens: 'a home in its area', ends: 'the person moves' },
  keyworker: { of: 'support-register', opens: 'being named', ends: 'another being named' },
  'panel-member': { of: 'cetr', opens: 'consent to the review', ends: 'the report agreed' },
  provider: { of: 'discharge', opens: 'support begins in a home', ends: 'support ends' },
  'on-call': { of: 'crisis', opens: 'a call', ends: '72 hours after it' },
  family: {
    of: 'people',
    opens: 'authority recorded',
    ends: 'authority ended, the person died, or by itself where its end is known',
  },
  advocate: { of: 'people', opens: 'being named', ends: 'another being named, the person died' },
} as const satisfies Record<string, Kind>;

export type RelationshipKind = keyof typeof RELATIONSHIP_KINDS;
