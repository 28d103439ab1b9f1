import { at, id, type Life, type Told } from './life';
import { byOf, FIRST, INTENSIVE, nurseOf, SECOND, type Trust } from './setting';

/** Where a referral has led: who decided, and the team that took the person on, if one did. */
export interface Came {
  trust: Trust;
  team?: string;
}

const PRIORITIES = ['emergency', 'very-urgent', 'urgent', 'soon', 'routine'] as const;

/** Somebody refers the person; the intake asks, triages and decides, sooner or later. */
export function refer(life: Life, name: string, source: string, time = life.now): Came {
  const { random, calibration } = life;
  const priority = random.weighted(calibration.priority);
  life.fact(time, (received) => ({
    by: byOf(source),
    path: '/referrals',
    body: {
      personId: id('person'),
      intakeTeamId: id(FIRST.intakeTeam),
      sourceCode: source,
      primaryReasonCode: random.weighted(calibration.primaryReason),
      priority,
      immediateRisk: priority === 'emergency',
      consent: random.chance(0.9) ? 'given' : 'best-interests',
      reason: 'Made up: help is asked for.',
      receivedAt: at(received),
    },
    makes: name,
  }));
  const wait = random.between(calibration.decidedWithinDays[priority] ?? [1, 14]);
  if (random.chance(calibration.informationIsAskedFor)) askForInformation(life, name, life.now + wait / 4);
  const riskBand = triage(life, name, priority, life.now + wait / 3);
  const came = decide(life, name, riskBand, life.now + wait / 2);
  if (came.team) firstContact(life, name, came.trust, priority);
  return came;
}

/** Some wait so long for it that somebody asks meanwhile how they are (TIM-11, TIM-14). */
function firstContact(life: Life, name: string, trust: Trust, priority: string): void {
  const { random, calibration } = life;
  const comesAt = life.now + random.between(calibration.firstContactWithinDays[priority] ?? [1, 14]);
  const inTouch = (time: number, how: object): void =>
    life.fact(time, (met) => ({ ...about(name, trust, 'care-contacts', { at: at(met), ...how }), ifMatch: false }));
  for (let asked = life.now + 25; asked < comesAt; asked += 25)
    inTouch(asked, { way: 'telephone', withWhom: 'person', outcome: 'attended', purpose: 'waiting-well' });
  const way = random.weighted({ 'face-to-face': 7, telephone: 2, video: 1 });
  if (random.chance(calibration.firstContactIsMissed))
    inTouch(comesAt - 1, { way, withWhom: 'person', outcome: 'was-not-brought' });
  inTouch(comesAt, { way, withWhom: random.chance(0.85) ? 'person' : 'carer', outcome: 'attended' });
}

function decide(life: Life, name: string, riskBand: string, time: number): Came {
  const mayBeTurnedAway = riskBand === 'low' || riskBand === 'medium';
  switch (life.random.weighted(life.calibration.outcomeOfReferral)) {
    case 'open':
      return { trust: FIRST };
    case 'redirected':
      return passOn(life, name, time);
    case 'withdrawn':
      return withdraw(life, name, time);
    case 'rejected':
      return mayBeTurnedAway ? reject(life, name, riskBand, time) : accept(life, name, FIRST, time);
    case 'accepted':
      return accept(life, name, FIRST, time);
  }
}

/** A decision about a referral, on the version that was read. */
const about = (name: string, trust: Trust, verb: string, body: object): Told => ({
  by: trust.intake,
  path: `/referrals/{${name}}/${verb}`,
  body,
  changes: name,
  ifMatch: true,
});

function askForInformation(life: Life, name: string, time: number): void {
  const { random, calibration } = life;
  const itemCodes = [random.among(['risk', 'medication', 'learning-disability-evidence', 'existing-services'])];
  const askedOf = random.among(['referrer', 'gp', 'family', 'another-service']);
  const question = 'Made up: what is not known yet?';
  life.fact(time, (asked) =>
    about(name, FIRST, 'request-information', { itemCodes, askedOf, question, askedAt: at(asked) }),
  );
  if (random.chance(0.15)) return; // no answer comes, and it is decided on what is known
  life.fact(life.now + random.between(calibration.answerToTheQuestionDays), (received) => ({
    ...about(name, FIRST, 'record-information', { words: 'Made up: an answer.', receivedAt: at(received) }),
    ifMatch: false,
  }));
}

/** The risk band; the priority may be found to be one step more severe. */
function triage(life: Life, name: string, referred: string, time: number): string {
  const { random } = life;
  const index = PRIORITIES.findIndex((priority) => priority === referred);
  const priority = PRIORITIES[random.chance(0.15) ? Math.max(0, index - 1) : index];
  const found = random.weighted({ low: 42, medium: 40, high: 18 });
  const riskBand = referred === 'emergency' ? 'immediate' : found;
  life.fact(time, (triaged) => about(name, FIRST, 'triage', { priority, riskBand, triagedAt: at(triaged) }));
  return riskBand;
}

function accept(life: Life, name: string, trust: Trust, time: number): Came {
  const { random, calibration } = life;
  const isIntensive = trust === FIRST && random.chance(calibration.acceptedByIntensiveSupport);
  const team = isIntensive ? INTENSIVE : random.among(trust.communityTeams);
  const coordinatorId = nurseOf(team, Math.floor(random.next() * 3));
  life.fact(time, (accepted) =>
    about(name, trust, 'accept', { teamId: id(team), coordinatorId, acceptedAt: at(accepted) }),
  );
  return { trust, team };
}

const REJECTIONS = [
  { reasonCode: '02', localReasonCode: 'mainstream-can-meet', signpostCodes: ['talking-therapies'] },
  { reasonCode: '02', localReasonCode: 'social-care-only', signpostCodes: ['social-care'] },
  { reasonCode: '02', localReasonCode: 'no-learning-disability', signpostCodes: ['autism-service'] },
  { reasonCode: '03', localReasonCode: 'no-health-need', signpostCodes: ['general-practice', 'voluntary-sector'] },
];
export const DUPLICATE = {
  reasonCode: '01',
  localReasonCode: 'already-open',
  signpostCodes: ['team-already-supporting'],
};

export function reject(life: Life, name: string, riskBand: string, time: number, why?: object): Came {
  const reason = why ?? life.random.among(REJECTIONS);
  const stated = { criterionCodes: ['ELG-05'], criteriaVersion: '2025-04', explanation: 'Made up: help is elsewhere.' };
  life.fact(time, (rejected) =>
    about(name, FIRST, 'reject', { ...reason, ...stated, riskBand, rejectedAt: at(rejected) }),
  );
  return { trust: FIRST };
}

function withdraw(life: Life, name: string, time: number): Came {
  const reasonCode = life.random.weighted({
    'said-no': 5,
    'no-longer-needed': 3,
    'helped-elsewhere': 3,
    'moved-away': 1,
  });
  const capacity = reasonCode === 'said-no' ? { capacity: 'has-capacity' } : {};
  life.fact(time, (withdrawn) => ({
    ...about(name, FIRST, 'withdraw', { reasonCode, ...capacity, withdrawnAt: at(withdrawn) }),
    ifMatch: false,
  }));
  return { trust: FIRST };
}

/** To the other trust’s intake: it takes it on, or it is taken back, or it is still waited for (TRI-04). */
function passOn(life: Life, name: string, time: number): Came {
  const { random, calibration } = life;
  const reasonCode = random.among(['area', 'already-known-there', 'another-service-meets-the-need']);
  const toTeamId = id(SECOND.intakeTeam);
  life.fact(time, (passed) => about(name, FIRST, 'redirect', { toTeamId, reasonCode, redirectedAt: at(passed) }));
  const later = life.now + random.between([1, 8]);
  const outcome = random.weighted(calibration.outcomeOfRedirect);
  if (outcome === 'pending') return { trust: FIRST };
  if (outcome === 'taken-back') {
    life.fact(later, (taken) => about(name, FIRST, 'withdraw-redirect', { withdrawnAt: at(taken) }));
    return accept(life, name, FIRST, life.now + random.between([1, 10]));
  }
  life.fact(later, (acknowledged) => about(name, SECOND, 'acknowledge-redirect', { acknowledgedAt: at(acknowledged) }));
  return accept(life, name, SECOND, life.now + random.between([1, 20]));
}
