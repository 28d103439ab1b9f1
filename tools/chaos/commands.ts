/** What the callers send, and the events that each publishes: exactly one of each type. The checker holds the log to it. */
export const PUBLISHES = {
  'open-team': ['homeward.flow.team.opened.v1'],
  'add-practitioner': ['homeward.flow.practitioner.joined-team.v1'],
  'register-person': ['homeward.people.person.registered.v1'],
  'correct-person': ['homeward.people.person.facts-changed.v1'],
  'begin-home': ['homeward.people.person.facts-changed.v1'],
  'merge-person': ['homeward.people.person.merged.v1', 'homeward.people.person.alias-added.v1'],
  'refer-by-id': ['homeward.referrals.referral.received.v1'],
  'refer-by-details': ['homeward.referrals.referral.received.v1'],
  'accept-referral': ['homeward.referrals.referral.accepted.v1'],
  'reject-referral': ['homeward.referrals.referral.rejected.v1'],
  'propose-transfer': ['homeward.flow.transfer.proposed.v1'],
  'accept-transfer': ['homeward.flow.transfer.accepted.v1'],
  'complete-transfer': ['homeward.flow.transfer.completed.v1'],
} satisfies Record<string, string[]>;

export type CommandKind = keyof typeof PUBLISHES;
