import type { Change } from '@homeward/persistence';
import type { Referral, ReferralEvent } from '../domain/referral';

/** What a step on the way leaves: codes, and the words that stay here. A receipt and a decision stand in the row. */
function written(event: ReferralEvent): { at: Date; codes: object; words?: string } | undefined {
  switch (event.type) {
    case 'information-requested': {
      const { question: words, askedAt: at, ...codes } = event.asked;
      return { at, codes, words };
    }
    case 'information-received':
      return { at: event.receivedAt, codes: {}, words: event.words };
    case 'triaged': {
      const { explanation: words, triagedAt: at, ...codes } = event.triage;
      return { at, codes, words };
    }
    case 'redirected': {
      const { explanation: words, redirectedAt: at, ...codes } = event.redirect;
      return { at, codes, words };
    }
    case 'redirect-acknowledged': {
      const { acknowledgedAt: at, ...codes } = event.acknowledgement;
      return { at, codes };
    }
    case 'redirect-withdrawn': {
      const { toOrganisation, toTeamId } = event.redirect;
      return { at: event.withdrawnAt, codes: { toOrganisation, toTeamId } };
    }
    case 'care-contact-recorded': {
      const { at, ...codes } = event.contact;
      return { at, codes };
    }
    case 'received':
    case 'accepted':
    case 'rejected':
    case 'closed':
      return undefined;
  }
}

/** `after` the event; `organisation` wrote it. */
export function stepOf(after: Referral, event: ReferralEvent, organisation: string): Change[] {
  const step = written(event);
  if (!step) return [];
  const { id, version, personId } = after;
  return [
    {
      text: `INSERT INTO referral_step (referral_id, version, person_id, organisation, type, happened_at, codes, words)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING 1`,
      values: [id, version, personId, organisation, event.type, step.at, step.codes, step.words ?? null],
    },
  ];
}
