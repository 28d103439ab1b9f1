import { before, law, local, national, ours, since2017, type Rule } from './rule';

const PART_8A = 'https://www.legislation.gov.uk/ukpga/2025/33/section/4';
const act = (section: string) => ({ authority: `Mental Health Act 1983, ${section}`, source: PART_8A });
const TOOLKIT = 'https://www.england.nhs.uk/long-read/';
const NHS_ENGLAND = 'NHS England';
const KENT = { authority: 'Kent and Medway', source: 'https://www.kmhealthandcare.uk/' };
const NORTH_LONDON = {
  authority: 'North London, restating the policy of 2023',
  source:
    'https://dps-family-hubs.pages.dev/send-local-offer/education/going-to-school/care-education-and-treatment-reviews-cetrs',
};
const MIDLANDS = {
  authority: 'Midlands Partnership, restating the policy of 2023',
  source: 'https://wmedpc.mpft.nhs.uk/autism/care-education-and-treatment-reviews-cetrs',
};
const VISITS = {
  authority: NHS_ENGLAND,
  source:
    'https://www.england.nhs.uk/learning-disabilities/care/monitoring-the-quality-of-care-and-safety-for-people-with-a-learning-disability-and-or-people-who-are-autistic-in-inpatient-care/',
};
const NO_NUMBER = 'No national number was found';

/**
 * The deadlines of dsr-cetr §7. Two of its rows are none that can be counted here: 48 working hours (part of T-17), and the
 * cut of the national collection at midnight (T-26).
 */
export const REGISTER_AND_REVIEWS: readonly Rule[] = [
  law(
    'T-01',
    ['CAL_INC', 'P14D'],
    'The first meeting by law about a child, or an adult with an education, health and care plan, is held within {length} beginning with the day the law counts from.',
    act('s.125A'),
  ),
  law(
    'T-02',
    ['CAL_INC', 'P28D'],
    'The first meeting by law about an adult without an education, health and care plan is held within {length} beginning with the day the law counts from.',
    act('s.125B'),
  ),
  law(
    'T-03',
    ['CAL_INC', 'P12M'],
    'A further meeting by law is held in each {length}, one after the other, beginning with the day of the first meeting.',
    act('s.125A(4), s.125B(4)'),
  ),
  law(
    'T-04',
    ['CAL_INC', 'P14D'],
    'The report reaches those whom the law names within {length} beginning with the day of the meeting.',
    act('s.125A, s.125B'),
  ),
  since2017('T-05', 'P14D', 'A child is reviewed within {length} after admission.', NORTH_LONDON),
  since2017('T-06', 'P28D', 'An adult is reviewed within {length} after admission.', MIDLANDS),
  since2017(
    'T-07',
    'P3M',
    'A child in hospital is reviewed again within {length} after the last review.',
    NORTH_LONDON,
  ),
  since2017(
    'T-08',
    'P6M',
    'An adult in a hospital that is not secure is reviewed again within {length} after the last review.',
    MIDLANDS,
  ),
  since2017('T-09', 'P12M', 'An adult in a secure hospital is reviewed again within {length} after the last review.'),
  since2017('T-10', 'P14D', 'The report of a review reaches all who took part within {length} after the meeting.'),
  since2017('T-11', 'P7D', 'The person is helped to say how the review was within {length} after the meeting.'),
  before(
    national(
      'T-12',
      ['HOURS', 'PT24H'],
      'The papers of a review reach the panel at least {length} before it starts.',
      'national-guidance',
      { authority: NHS_ENGLAND, source: `${TOOLKIT}care-education-and-treatment-review-document-checklist-inpatient/` },
    ),
  ),
  before(
    national(
      'T-13',
      ['CAL', 'P14D'],
      'The person is asked for consent, and whom to invite, at least {length} before the review; a red rating cannot wait for it.',
      'national-guidance',
      {
        authority: NHS_ENGLAND,
        source: `${TOOLKIT}section-6-organising-a-care-education-and-treatment-review-commissioner-checklist/`,
      },
    ),
  ),
  ours(
    'T-14',
    ['CAL', 'P14D'],
    'A community review is held within {length} after the person was rated red.',
    NO_NUMBER,
  ),
  ours(
    'T-15',
    ['HOURS', 'PT24H'],
    'Where there is no time for a community review, the emergency meeting is held within {length} after the need for it was known.',
    NO_NUMBER,
  ),
  local('T-16', ['CAL', 'P28D'], 'A referral to the register is decided within {length} after it was made.', {
    authority: 'Norfolk and Waveney',
    source: 'https://www.norfolk.gov.uk/article/40863/Dynamic-support-register',
  }),
  local('T-17.contact', ['WD', 'P5D'], 'There is contact within {length} after the referral to the register.', {
    authority: 'Coventry and Warwickshire',
    source: 'https://www.happyhealthylives.uk/',
  }),
  local('T-17.consultation', ['CAL', 'P7D'], 'A consultation is offered within {length} after the referral.', KENT),
  ours('T-18.red', ['CAL', 'P7D'], 'People rated red are talked about again within {length}.', NO_NUMBER),
  ours('T-18.amber', ['CAL', 'P14D'], 'People rated amber are talked about again within {length}.', NO_NUMBER),
  ours('T-18.green', ['CAL', 'P30D'], 'People rated green are talked about again within {length}.', NO_NUMBER),
  ours(
    'T-18.green-stable',
    ['CAL', 'P90D'],
    'People rated green, and stable, are talked about again within {length}.',
    NO_NUMBER,
  ),
  ours('T-18.blue', ['CAL', 'P30D'], 'People in hospital are talked about again within {length}.', NO_NUMBER),
  local('T-19', ['CAL', 'P14D'], 'After discharge a person stays rated red for at least {length}.', {
    authority: 'Lincolnshire',
    source: 'https://www.lincolnshire.gov.uk/send-local-offer/lincolnshire-dynamic-support-register/4',
  }),
  national(
    'T-20',
    ['CAL', 'P14D'],
    'Planning for where the person will live starts within {length} after admission.',
    'national-policy',
    { authority: NHS_ENGLAND, source: 'Bitesize guide PR2040, section 7; national by DEC-22' },
  ),
  national(
    'T-21.child',
    ['CAL', 'P42D'],
    'The commissioner visits a child in hospital within {length} after the last visit.',
    'national-policy',
    VISITS,
  ),
  national(
    'T-21.adult',
    ['CAL', 'P56D'],
    'The commissioner visits an adult in hospital within {length} after the last visit.',
    'national-policy',
    VISITS,
  ),
  ours(
    'T-22',
    ['WD', 'P5D'],
    'The agencies meet within {length} after the person was rated amber.',
    `${NO_NUMBER}; one area’s first step takes as long`,
  ),
  local('T-23', ['CAL', 'P1Y'], 'Consent to the register is asked for again within {length} after it was given.', {
    authority: 'Greenwich',
    source: 'https://greenwichcommunitydirectory.org.uk/add-child-dynamic-support-register/',
  }),
  ours(
    'CON-30',
    ['CAL', 'P1Y'],
    'Consent to anything else is asked for again within {length}.',
    `${NO_NUMBER}; one area’s for the register (T-23) is as long`,
  ),
  before(
    ours(
      'T-23.renewal',
      ['CAL', 'P90D'],
      'A decision on consent is asked for anew {length} before it lapses.',
      'DEC-11',
    ),
  ),
  before(
    ours('T-24.first', ['CAL', 'P90D'], 'Consent is asked for anew {length} before somebody turns 16 or 18.', 'DEC-11'),
  ),
  before(ours('T-24.second', ['CAL', 'P30D'], 'It is asked for again {length} before.', 'DEC-35')),
  local('T-25.view', ['CAL', 'P6M'], 'What was closed leaves the lists in daily use {length} after closing.', KENT),
  local('T-25.delete', ['CAL', 'P6Y'], 'What was closed is deleted {length} after closing.', KENT),
  local('T-27', ['CAL', 'P6W'], 'The oversight panel meets again within {length}.', KENT),
];
