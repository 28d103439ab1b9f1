import { londonDate } from '@homeward/kernel';
import { dueBy, lengthOn, ruleOf, versionOn } from '@homeward/policy';
import type { CareContact } from './care-contact';
import type { Closing } from './closing';
import type { Request } from './referral';

/** A rule that was not followed; it warns and stops nothing (DEC-01). */
export interface Warning {
  code: string;
  rule: string;
  standing: string;
  detail: string;
}

export function warningsOf({ receivedAt, consent }: Request, now: Date): Warning[] {
  const receivedOn = londonDate(receivedAt);
  const warnings: Warning[] = [];
  if (londonDate(now) > dueBy('REF-04', receivedOn)) {
    const detail = `It was recorded more than ${lengthOn('REF-04', receivedOn)} after it was received.`;
    const standing = versionOn(ruleOf('REF-04'), receivedOn)?.standing ?? 'our-default';
    warnings.push({ code: 'recorded-late', rule: 'REF-04', standing, detail });
  }
  // Direct care waits for no consent (DEC-07): that none is recorded is said, and stops nothing.
  if (consent === 'not-recorded') {
    const detail = 'Neither consent nor a best-interests decision is recorded yet. Nothing waits for it.';
    warnings.push({ code: 'consent-not-recorded', rule: 'REF-05', standing: 'local-example', detail });
  }
  return warnings;
}

export function warningsOfClosing({ reasonCode, capacity = 'not-recorded' }: Closing): Warning[] {
  if (reasonCode !== 'said-no' || capacity !== 'not-recorded') return [];
  const detail = 'The person said no, and whether they had the capacity to decide it is not recorded.';
  return [{ code: 'capacity-not-recorded', rule: 'TRI-02', standing: 'our-default', detail }];
}

export function warningsOfContact({ receivedAt }: Request, { at }: CareContact): Warning[] {
  if (at >= receivedAt) return [];
  const detail = 'It was before the referral was received: the person still waits for the first contact.';
  return [{ code: 'contact-before-received', rule: 'C2', standing: 'our-default', detail }];
}
