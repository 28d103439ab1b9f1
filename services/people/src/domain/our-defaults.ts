/** Ours, until a rulebook or an integrated care board says otherwise. */
export const HOME_KNOWN_AHEAD = { standing: 'our-default', days: 90 } as const;
