/**
 * Numbers that no law and no national guidance gives: ours, with their rule and standing, in one place until the
 * effective-dated policy rules take them over. Nothing here may be shown as a national requirement.
 */
export const KEYED_LATE_AFTER = { rule: 'REF-04', standing: 'our-default', workingDays: 1 } as const;

/** The longest that a duty holder may stand in for a co-ordinator before it is renewed. */
export const DUTY_ENDS_WITHIN = { rule: 'DEC-04', standing: 'our-default', workingDays: 5 } as const;

/** By when what was asked for is due; the clock of the referral keeps running meanwhile. */
export const INFORMATION_DUE_WITHIN = { rule: 'TRI-02', standing: 'our-default', workingDays: 5 } as const;
