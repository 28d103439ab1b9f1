/**
 * National code lists (Mental Health Services Data Set). Codes and terms are the lists' own, kept as they were
 * published; an earlier version's codes that are no longer in use are left out.
 */
export const SOURCE_OF_REFERRAL: Readonly<Record<string, string>> = {
  A1: 'GP practice',
  A2: 'Health visitor',
  A3: 'Other primary health care',
  A4: 'Maternity service',
  B1: 'Self',
  B2: 'Carer or relative',
  C1: 'Social services',
  C2: 'Education service',
  C3: 'Housing service',
  D1: 'Employer',
  D2: 'Occupational health',
  E1: 'Police',
  E2: 'Courts',
  E3: 'Probation service',
  E4: 'Prison',
  E5: 'Court liaison and diversion service',
  E6: 'Youth offending team',
  F1: 'School nurse',
  F2: 'Hospital-based paediatrics',
  F3: 'Community-based paediatrics',
  G1: 'Independent sector medium secure inpatients',
  G2: 'Independent sector low secure inpatients',
  G3: 'Other independent sector mental health services',
  G4: 'Voluntary sector',
  H1: 'Emergency care department',
  H2: 'Other secondary care specialty',
  I1: 'Temporary transfer from another mental health trust',
  I2: 'Permanent transfer from another mental health trust',
  M1: 'Asylum services',
  M2: 'Telephone or electronic access service',
  M3: 'Out of area agency',
  M4: 'Drug action team or drug misuse agency',
  M5: 'Jobcentre Plus',
  M6: 'Other service or agency',
  M7: 'Single point of access service',
  M8: 'Debt agency',
  P1: 'Internal referral',
  Q1: 'Drop-in service',
};

export const PRIMARY_REASON: Readonly<Record<string, string>> = {
  '01': '(Suspected) first episode psychosis',
  '02': 'Ongoing or recurrent psychosis',
  '03': 'Bipolar disorder',
  '04': 'Depression',
  '05': 'Anxiety',
  '06': 'Obsessive compulsive disorder',
  '07': 'Phobias',
  '08': 'Organic brain disorder',
  '09': 'Drug and alcohol difficulties',
  '10': 'Unexplained physical symptoms',
  '11': 'Post-traumatic stress disorder',
  '12': 'Eating disorders',
  '13': 'Perinatal mental health issues',
  '14': 'Personality disorders',
  '15': 'Self harm behaviours',
  '16': 'Conduct disorders',
  '18': 'In crisis',
  '19': 'Relationship difficulties',
  '20': 'Gender discomfort issues',
  '21': 'Attachment difficulties',
  '22': 'Self-care issues',
  '23': 'Adjustment to health issues',
  '24': 'Neurodevelopmental conditions, excluding autism',
  '25': 'Suspected autism',
  '26': 'Diagnosed autism',
  '27': 'Preconception perinatal mental health concern',
  '28': 'Gambling disorder',
  '29': 'Community perinatal mental health partner assessment',
  '30': 'Behaviours that challenge due to a learning disability',
  '31': 'Employment support',
};

/** REFERRAL REJECTION REASON of the NHS Data Dictionary. */
export const REJECTION_REASON: Readonly<Record<'01' | '02' | '03', string>> = {
  '01': 'Duplicate referral',
  '02': 'Inappropriate for the services that are offered',
  '03': 'Incomplete referral',
};

/** `01 …, 02 …` for a description in the API. */
export const listed = (codes: Readonly<Record<string, string>>): string =>
  Object.entries(codes)
    .map(([code, term]) => `${code} “${term}”`)
    .join(', ');
