/**
 * Numbers that no law or national policy sets. They stand here until the policy library holds them, each with its
 * standing; no other file of this service has one.
 */
export const RISK_ASSESSMENT = { validDays: 28, standing: 'our-default', rule: 'TRF-02' } as const;
export const DUTY_HOLDER = { workingDays: 5, standing: 'our-default', rule: 'DEC-04' } as const;
