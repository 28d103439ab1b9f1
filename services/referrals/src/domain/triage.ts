import { PRIORITIES, type Priority, type RiskBand } from '@homeward/contracts';
import { decidedInTime, refuse, stillOpen, type Referral, type ReferralEvent } from './referral';

/** What a registered clinician found. */
export interface Triage {
  priority: Priority;
  riskBand: RiskBand;
  /** Somebody said that there is an immediate risk; it is there no more. */
  immediateRiskPassed: boolean;
  triagedAt: Date;
  /** Why; free text, published nowhere. */
  explanation?: string;
}

/** By a triage clinician (PERM-31). It may be done again until something is decided; the latest counts. */
export function triage(referral: Referral, found: Triage, now: Date): ReferralEvent {
  stillOpen(referral);
  decidedInTime(referral, found.triagedAt, now);
  const { triage: before } = referral;
  if (before && found.triagedAt < before.triagedAt)
    refuse('triaged-later-before', 'PRI-03', 'A later triage is recorded already.');
  if (found.immediateRiskPassed && found.riskBand === 'immediate')
    refuse('risk-has-not-passed', 'TRI-03', 'Either the risk is immediate, or it has passed.');
  const lowered = before && PRIORITIES.indexOf(found.priority) > PRIORITIES.indexOf(before.priority);
  if ((lowered || found.immediateRiskPassed) && found.explanation === undefined)
    refuse('no-reason-to-lower', 'PRI-03', 'Say why it is less urgent than it was.');
  return { type: 'triaged', triage: found };
}
