import { at, id, type Life } from './life';
import { byOf, FIRST, INTENSIVE, nurseOf, type Trust } from './setting';

/** Where a referral has led: who decided, and the team that took the person on, if one did. */
export interface Came {
  trust: Trust;
  team?: string;
}

/** Somebody refers the person; the intake decides, sooner or later. */
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
  const decided = life.now + random.between(calibration.decidedWithinDays[priority] ?? [1, 14]);
  const outcome = random.weighted(calibration.outcomeOfReferral);
  if (outcome === 'open') return { trust: FIRST };
  // Nobody is turned away at once who may come to harm.
  if (outcome === 'rejected' && priority !== 'emergency') return reject(life, name, decided);
  return accept(life, name, FIRST, priority, decided);
}

export function accept(life: Life, name: string, trust: Trust, priority: string, time: number): Came {
  const { random, calibration } = life;
  const isIntensive = trust === FIRST && random.chance(calibration.acceptedByIntensiveSupport);
  const team = isIntensive ? INTENSIVE : random.among(trust.communityTeams);
  life.fact(time, (accepted) => ({
    by: trust.intake,
    path: `/referrals/{${name}}/accept`,
    body: {
      teamId: id(team),
      coordinatorId: nurseOf(team, Math.floor(random.next() * 3)),
      priority,
      acceptedAt: at(accepted),
    },
    changes: name,
    ifMatch: true,
  }));
  return { trust, team };
}

const REJECTIONS = [
  { reasonCode: '02', localReasonCode: 'mainstream-can-meet', signpostCodes: ['talking-therapies'] },
  { reasonCode: '02', localReasonCode: 'social-care-only', signpostCodes: ['social-care'] },
  { reasonCode: '02', localReasonCode: 'no-learning-disability', signpostCodes: ['autism-service'] },
  { reasonCode: '03', localReasonCode: 'no-health-need', signpostCodes: ['general-practice', 'voluntary-sector'] },
];

function reject(life: Life, name: string, time: number): Came {
  const why = life.random.among(REJECTIONS);
  life.fact(time, (rejected) => ({
    by: FIRST.intake,
    path: `/referrals/{${name}}/reject`,
    body: {
      ...why,
      criterionCodes: ['ELG-05'],
      criteriaVersion: '2025-04',
      riskBand: life.random.chance(0.7) ? 'low' : 'medium',
      explanation: 'Made up: help is found elsewhere.',
      rejectedAt: at(rejected),
    },
    changes: name,
    ifMatch: true,
  }));
  return { trust: FIRST };
}
