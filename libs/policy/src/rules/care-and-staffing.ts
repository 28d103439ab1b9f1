import { before, national, ours, type Rule } from './rule';

const NICE = (standard: string) => ({ authority: 'NICE', source: `https://www.nice.org.uk/guidance/${standard}` });
const STAFFING = {
  authority: 'NHS Improvement',
  source: 'Safe, sustainable and productive staffing: learning disability services, 2018',
};
const TRIAGE = 'flow-staffing §1.5: what areas publish disagrees';
const PROTOCOL = 'flow-staffing §2.3: the protocol has no numbers of its own';
const CRISIS = 'flow-staffing §2.6: no number was found';
const OBSERVATION = 'flow-staffing §3.6: custom on wards';
const RED_FLAGS = 'flow-staffing §3.7: custom on wards';
const ROSTER = 'flow-staffing §3.3, §3.13: custom';

/**
 * The deadlines of flow-staffing §5.3 and §5.4; §5.5 (who may) has none. Those of reviews, visits and where to live are T-05
 * to T-09, T-20 and T-21. Most timers have no id there: they go by the rule or the clock that they belong to, and the case.
 */
export const CARE_AND_STAFFING: readonly Rule[] = [
  ours('C1.emergency', ['HOURS', 'PT30M'], 'An emergency is triaged within {length} after receipt.', TRIAGE),
  ours('C1.very-urgent', ['HOURS', 'PT2H'], 'A very urgent referral is triaged within {length} after receipt.', TRIAGE),
  ours('C1.urgent', ['WD', 'P1D'], 'An urgent referral is triaged within {length} after receipt.', TRIAGE),
  ours(
    'C1.soon',
    ['WD', 'P2D'],
    'A referral that is to be seen soon is triaged within {length} after receipt.',
    TRIAGE,
  ),
  ours('C1.routine', ['WD', 'P5D'], 'A routine referral is triaged within {length} after receipt.', TRIAGE),
  ours('C2.emergency', ['HOURS', 'PT1H'], 'In an emergency somebody telephones within {length} after receipt.', TRIAGE),
  ours(
    'C2.emergency-visit',
    ['HOURS', 'PT4H'],
    'In an emergency somebody is with the person within {length} after receipt.',
    TRIAGE,
  ),
  ours(
    'C2.very-urgent',
    ['HOURS', 'PT4H'],
    'On a very urgent referral there is contact within {length} after receipt.',
    TRIAGE,
  ),
  ours(
    'C2.urgent',
    ['HOURS', 'PT24H'],
    'On an urgent referral there is contact within {length} after receipt.',
    TRIAGE,
  ),
  ours(
    'C2.soon',
    ['WD', 'P5D'],
    'On a referral that is to be seen soon there is contact within {length} after receipt.',
    TRIAGE,
  ),
  ours('C2.routine', ['WD', 'P10D'], 'On a routine referral there is contact within {length} after receipt.', TRIAGE),
  ours(
    'C2.on-call',
    ['HOURS', 'PT10M'],
    'The manager on call hears of an overdue contact in an emergency after {length}.',
    'flow-staffing §5.3: at once, the number is ours',
  ),
  ours(
    'C2.managers',
    ['WD', 'P1D'],
    'The service managers hear of an overdue contact after {length}.',
    'flow-staffing §5.3: after the team lead, the number is ours',
  ),
  ours('TRI-02', ['WD', 'P5D'], 'What was asked for, to decide on a referral, comes within {length}.', TRIAGE),
  ours('TRI-02.urgent', ['WD', 'P1D'], 'On an urgent referral what was asked for comes within {length}.', TRIAGE),
  ours('TRI-04.urgent', ['WD', 'P2D'], 'An urgent redirect is acknowledged within {length}.', TRIAGE),
  ours('TRI-04.routine', ['WD', 'P5D'], 'A routine redirect is acknowledged within {length}.', TRIAGE),
  ours(
    'WL-06',
    ['CAL', 'P4W'],
    'Whoever waits, and is not urgent, hears from the team again within {length}.',
    'flow-staffing §1.7: the duty is published, the number is not',
  ),
  ours(
    'FLG-06',
    ['HOURS', 'PT24H'],
    'Whether a concern is raised with the council is decided within {length}.',
    'flow-staffing §1.4: the duty is custom, the number is ours',
  ),
  ours(
    'FLG-03',
    ['CAL', 'P1Y'],
    'What a person needs is looked at again within {length}.',
    'Accessible Information Standard (DAPB1605): the duty to review is national, the number is ours',
  ),
  ours(
    'TRF.response.emergency',
    ['HOURS', 'PT1H'],
    'A transfer in an emergency is answered within {length}.',
    PROTOCOL,
  ),
  ours('TRF.response.very-urgent', ['HOURS', 'PT4H'], 'A very urgent transfer is answered within {length}.', PROTOCOL),
  ours('TRF.response.urgent', ['HOURS', 'PT24H'], 'An urgent transfer is answered within {length}.', PROTOCOL),
  ours('TRF.response.routine', ['WD', 'P5D'], 'Any other transfer is answered within {length}.', PROTOCOL),
  ours('TRF.information', ['WD', 'P2D'], 'What is missing for a transfer comes within {length}.', PROTOCOL),
  ours('TRF-02.urgent', ['WD', 'P3D'], 'Before an urgent transfer both teams meet within {length}.', PROTOCOL),
  ours('TRF-02.routine', ['WD', 'P10D'], 'Before any other transfer both teams meet within {length}.', PROTOCOL),
  ours(
    'TRF.contact.urgent',
    ['HOURS', 'PT24H'],
    'After an urgent transfer the new team is in touch within {length}.',
    PROTOCOL,
  ),
  ours(
    'TRF.contact.routine',
    ['CAL', 'P7D'],
    'After any other transfer the new team is in touch within {length}.',
    PROTOCOL,
  ),
  ours(
    'TRF-07.on-call',
    ['HOURS', 'PT30M'],
    'The manager on call hears of an overdue answer to an emergency after {length}.',
    PROTOCOL,
  ),
  ours('TRF-07.managers', ['WD', 'P1D'], 'The service managers hear of an overdue answer after {length}.', PROTOCOL),
  ours('TRF-07.director', ['WD', 'P2D'], 'The clinical director hears of an overdue answer after {length}.', PROTOCOL),
  ours(
    'TRF-05',
    ['CAL', 'P7D'],
    'Two teams that support a person together look at it again within {length}.',
    PROTOCOL,
  ),
  ours(
    'TRF-02.risk-assessment',
    ['CAL', 'P28D'],
    'A transfer is proposed within {length} after the risks were assessed.',
    PROTOCOL,
  ),
  ours(
    'DEC-04',
    ['WD', 'P5D'],
    'Somebody on duty in the place of a co-ordinator is renewed, or followed by one, within {length}.',
    'DEC-04',
  ),
  ours('REF-04', ['WD', 'P1D'], 'A referral is recorded within {length} after it was received.', TRIAGE),
  ours(
    'HOME-01',
    ['CAL', 'P90D'],
    'A home that is known of is recorded within {length} before it begins.',
    'no text gives a number',
  ),
  ours(
    'CONTACT-01',
    ['CAL', 'P12M'],
    'Whether somebody has parental responsibility is asked again within {length}.',
    'no text gives a number',
  ),
  ours('IST.triage', ['HOURS', 'PT15M'], 'A call in a crisis is triaged within {length}.', CRISIS),
  ours('IST.review', ['WD', 'P2D'], 'A crisis is looked back on within {length}.', CRISIS),
  national(
    'INP-04.suicide-risk',
    ['HOURS', 'PT48H'],
    'Where a risk of suicide is recorded, somebody sees the person within {length} after discharge.',
    'national-guidance',
    NICE('ng53'),
  ),
  national(
    'INP-04',
    ['HOURS', 'PT72H'],
    'Somebody sees the person within {length} after discharge from a mental health hospital.',
    'national-policy',
    { authority: 'NHS England', source: 'NHS Standard Contract, Schedule 4A; by contract for adults' },
  ),
  national(
    'INP-04.visit',
    ['CAL', 'P7D'],
    'There is a visit within {length} after discharge.',
    'national-guidance',
    NICE('ng53'),
  ),
  before(
    ours(
      'INP-04.warning',
      ['HOURS', 'PT24H'],
      'The team is warned {length} before the time to see the person after discharge is over.',
      'flow-staffing §5.3',
    ),
  ),
  national(
    'INP-03',
    ['HOURS', 'PT24H'],
    'The care plan reaches everyone named in it within {length} after discharge.',
    'national-guidance',
    NICE('qs159'),
  ),
  ours('OBS-03.day', ['HOURS', 'PT24H'], 'A close observation is reviewed within {length}.', OBSERVATION),
  ours('OBS-03.week', ['CAL', 'P7D'], 'The matron reviews a close observation after {length}.', OBSERVATION),
  ours('OBS-03.director', ['CAL', 'P28D'], 'A director reviews a close observation after {length}.', OBSERVATION),
  ours('FLAG.acknowledged', ['HOURS', 'PT30M'], 'The nurse in charge answers a red flag within {length}.', RED_FLAGS),
  ours('FLAG.mitigated', ['HOURS', 'PT2H'], 'What a red flag tells of is put right within {length}.', RED_FLAGS),
  before(
    ours(
      'TRAIN.first',
      ['CAL', 'P90D'],
      'A first warning comes {length} before training runs out.',
      'flow-staffing §3.14',
    ),
  ),
  before(
    ours(
      'TRAIN.second',
      ['CAL', 'P60D'],
      'A second warning comes {length} before training runs out.',
      'flow-staffing §3.14',
    ),
  ),
  before(
    ours(
      'TRAIN.third',
      ['CAL', 'P30D'],
      'A third warning comes {length} before training runs out.',
      'flow-staffing §3.14',
    ),
  ),
  national(
    'INEF-13.first',
    ['CAL', 'P12W'],
    'Antipsychotic medicine is reviewed within {length} after it was begun.',
    'national-guidance',
    NICE('qs101'),
  ),
  national(
    'INEF-13.next',
    ['CAL', 'P6M'],
    'Antipsychotic medicine is reviewed again within {length} after the last review.',
    'national-guidance',
    NICE('qs101'),
  ),
  before(ours('SHF-10', ['CAL', 'P6W'], 'A roster is published {length} before it begins.', ROSTER)),
  before(ours('SHF.vacant', ['HOURS', 'PT72H'], 'A vacant shift is called out {length} before it begins.', ROSTER)),
  before(ours('SHF.still-vacant', ['HOURS', 'PT24H'], 'A shift still vacant is called out {length} before.', ROSTER)),
  ours('DSH.analysed', ['WD', 'P5D'], 'An exception is looked into within {length}.', 'flow-staffing §3.11'),
  ours(
    'DSH.acted-on',
    ['WD', 'P10D'],
    'An exception that was looked into is acted on within {length}.',
    'flow-staffing §3.11',
  ),
  national(
    'STF-05',
    ['CAL', 'P1M'],
    'Each team’s figures are looked at again within {length}.',
    'national-guidance',
    STAFFING,
  ),
  national(
    'STF-03',
    ['CAL', 'P6M'],
    'The board discusses staffing in public again within {length}.',
    'national-guidance',
    { authority: 'National Quality Board', source: 'Expectation 7, 2013' },
  ),
  national(
    'STF-01',
    ['CAL', 'P1Y'],
    'The board has a new review of staffing within {length}.',
    'national-guidance',
    STAFFING,
  ),
  ours(
    'NOTE.next-on-rota',
    ['HOURS', 'PT10M'],
    'A call that nobody acknowledged goes to the next on the rota after {length}.',
    'flow-staffing §5.4',
  ),
];
