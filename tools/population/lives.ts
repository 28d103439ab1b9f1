import type { Calibration } from './calibration';
import { Life, type Step } from './life';
import { home, somebody } from './made-up';
import { Random } from './random';
import { refer } from './referrals';
import { support } from './support';
import { byOf, openTeams } from './setting';

export interface Plan {
  seed: string;
  people: number;
  /** Midnight of the first day, UTC. */
  begin: Date;
  days: number;
}

/** Each life’s steps in the order in which they are told; the first one’s are those of the teams. */
export function livesOf(plan: Plan, calibration: Calibration): Step[][] {
  return [openTeams(), ...Array.from({ length: plan.people }, (_, index) => lifeOf(plan, index, calibration))];
}

/** How somebody comes, and what becomes of them; nobody else’s life has a part in it. */
function lifeOf(plan: Plan, index: number, calibration: Calibration): Step[] {
  const random = new Random(`${plan.seed}/${index}`);
  // The teams are there from the second day on.
  const life = new Life(random, calibration, plan, 2 + random.next() * (plan.days - 4));
  const person = somebody(random, calibration, index, plan.begin.getUTCFullYear());
  const source = random.weighted(calibration.sourceOfReferral);
  life.decision(life.now, { by: byOf(source), path: '/people', body: person, makes: 'person' });
  const comes = refer(life, 'referral', source);
  if (comes.team) support(life, { trust: comes.trust, team: comes.team, person, home: () => home(random) });
  else if (random.chance(0.3)) {
    const again = refer(life, 'referral-again', source, life.now + random.between([20, 90]));
    if (again.team) support(life, { trust: again.trust, team: again.team, person, home: () => home(random) });
  }
  return life.steps;
}
