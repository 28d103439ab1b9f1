import type { Decision } from '@homeward/persistence';
import { evolve, type Referral, type ReferralEvent } from '../domain/referral';
import { published } from './referral.publication';
import { changeTo } from './referral.repository';

/** What one event of a referral changes, publishes and answers; `also` is answered beside it. */
export function recorded(before: Referral | undefined, event: ReferralEvent, also: object = {}): Decision {
  const referral = evolve(before, event);
  const { id, personId, version, status } = referral;
  const location = `/referrals/${id}`;
  const answer = { id, version, status, links: { self: location }, ...also };
  return {
    changes: [changeTo(referral)],
    events: [published(referral, event)],
    outcome: before
      ? { status: 200, body: answer, etag: version }
      : { status: 201, body: answer, etag: version, location },
    audit: { subject: `referral/${id}`, personIds: [personId] },
  };
}
