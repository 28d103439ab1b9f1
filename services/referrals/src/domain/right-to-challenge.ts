/** Part of every rejection's answer (TRI-02); the letter in the person's own format follows later. */
export const RIGHT_TO_CHALLENGE =
  'Anyone may challenge this decision: the person, their family, an advocate, or whoever referred. Tell the intake that you do not agree. A different clinician then looks at it again.';
