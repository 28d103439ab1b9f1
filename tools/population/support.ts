import { at, id, on, type Life } from './life';
import { DUPLICATE, refer, reject } from './referrals';
import { FIRST, HOSPITALS, INTENSIVE, nurseOf, type Trust } from './setting';

/** How somebody is supported. */
interface Supported {
  trust: Trust;
  /** The community team, or intensive support: it is accountable. */
  team: string;
  /** As registered. */
  person: object;
  home: () => object;
}

/** What happens once a team is responsible, as far as the period goes. */
export function support(life: Life, supported: Supported): void {
  const { random, calibration: c } = life;
  const inPeriod = (yearly: number): boolean => random.chance(yearly * (life.daysLeft / 365));
  const things: { time: number; happens: () => void }[] = [];
  const later = (days: readonly [number, number], happens: () => void): void => {
    things.push({ time: life.now + random.between(days), happens });
  };
  const left = Math.max(life.daysLeft, 10);
  if (supported.trust === FIRST && supported.team !== INTENSIVE && random.chance(c.transferToIntensiveSupport))
    later([10, left * 0.6], () => moreIntensive(life, supported));
  if (inPeriod(c.hospitalStayInAYear)) later([10, left * 0.8], () => hospitalStay(life, supported));
  if (inPeriod(c.movesHomeInAYear)) later([5, left], () => movesHome(life, supported));
  if (random.chance(c.isCorrected)) later([2, 60], () => isCorrected(life, supported));
  if (supported.trust === FIRST && random.chance(c.isRegisteredTwice))
    later([3, 90], () => isRegisteredTwice(life, supported));
  if (inPeriod((c.referralsOfAPersonInAQuarter - 1) * 4)) later([30, left], () => isReferredAgain(life));
  const dies = inPeriod(c.diesInAYear);
  for (const { time, happens } of things.sort((a, b) => a.time - b.time)) {
    life.now = Math.max(life.now, Math.floor(time));
    happens();
  }
  if (dies)
    life.fact(life.now + random.between([5, Math.max(life.daysLeft, 6)]), (died) =>
      told('record-death', { diedOn: on(died) }, supported),
    );
}

const told = (what: string, body: object, { trust }: Supported) => ({
  by: trust.intake,
  path: `/people/{person}/${what}`,
  body,
  changes: 'person',
});

function movesHome(life: Life, supported: Supported): void {
  life.fact(life.now, (from) => told('homes', { ...supported.home(), from: on(from) }, supported));
}

function isCorrected(life: Life, supported: Supported): void {
  const { basis } = supported.person as { basis: string };
  const isNowKnown = { basis: basis === 'both' ? 'learning-disability' : 'both' };
  const correction = life.random.chance(0.5) ? isNowKnown : { familyName: 'Junipertree' };
  life.decision(life.now, { ...told('correct', correction, supported), ifMatch: true });
}

/** Somebody knew the name but not the number; later it is found that both are one. */
function isRegisteredTwice(life: Life, { person }: Supported): void {
  const twin = { ...person, nhsNumber: undefined, nhsNumberAbsentReason: 'not-known' };
  life.decision(life.now, { by: 'intake', path: '/people', body: twin, makes: 'twin' });
  const referral = {
    ...{ personId: id('twin'), intakeTeamId: id(FIRST.intakeTeam), sourceCode: 'C1', primaryReasonCode: '22' },
    ...{ priority: 'soon', immediateRisk: false, consent: 'given', reason: 'Made up: referred once more.' },
  };
  life.decision(life.now, { by: 'intake', path: '/referrals', body: referral, makes: 'twin-referral' });
  life.decision(life.now + 2, {
    by: 'manager',
    path: '/people/{twin}/merge',
    body: { intoId: id('person') },
    changes: 'twin',
    ifMatch: true,
  });
  reject(life, 'twin-referral', 'low', life.now + 1, DUPLICATE);
}

function isReferredAgain(life: Life): void {
  refer(life, 'second-referral', life.random.weighted(life.calibration.sourceOfReferral));
}

/** The community team asks intensive support to take over, and some time later it is asked back. */
function moreIntensive(life: Life, supported: Supported): void {
  const community = supported.team;
  if (!transfer(life, 'transfer', INTENSIVE, 'more-intensive-support')) return;
  supported.team = INTENSIVE;
  life.now += Math.floor(life.random.between(life.calibration.intensiveSupportDays));
  if (transfer(life, 'transfer-back', community, 'less-intensive-support')) supported.team = community;
}

/** Whether it came about. */
function transfer(life: Life, name: string, to: string, reasonCode: string): boolean {
  const { random, calibration } = life;
  const about = { changes: name, ifMatch: true };
  const lead = to === INTENSIVE ? ('intensive-lead' as const) : ('community-lead' as const);
  const other = to === INTENSIVE ? ('community-lead' as const) : ('intensive-lead' as const);
  const priority = random.weighted({ urgent: 3, soon: 5, routine: 2 });
  life.decision(life.now, {
    by: other,
    reads: { path: '/holders/{person}', field: 'episodeId', name: 'episode' },
    path: '/transfers',
    body: { episodeId: id('episode'), toTeamId: id(to), reasonCode, priority, riskAssessedAt: at(life.now - 3) },
    makes: name,
  });
  const outcome = random.weighted(calibration.outcomeOfTransfer);
  if (outcome === 'declined' || outcome === 'withdrawn') {
    const declined = { reasonCode: 'criteria-not-met', alternativeCode: 'joint-review' };
    const [by, verb, body] =
      outcome === 'declined'
        ? ([lead, 'decline', declined] as const)
        : ([other, 'withdraw', { reasonCode: 'no-longer-needed' }] as const);
    life.decision(life.now + random.between([1, 7]), { by, path: `/transfers/{${name}}/${verb}`, body, ...about });
  }
  if (outcome !== 'completed') return false;
  const joint = random.between(calibration.transferDays);
  life.decision(life.now + random.between([1, 7]), {
    by: lead,
    path: `/transfers/{${name}}/accept`,
    body: { coordinatorId: nurseOf(to, Math.floor(random.next() * 3)), startsAt: at(life.now + joint) },
    ...about,
  });
  life.fact(life.now + joint, (completed) => ({
    by: lead,
    path: `/transfers/{${name}}/complete`,
    body: {
      handoverComplete: true,
      firstContactAt: at(completed - 0.1),
      personInformedAt: at(completed - 0.05),
      completedAt: at(completed),
    },
    ...about,
  }));
  return true;
}

/** Admission, perhaps a move, discharge: facts, whoever agreed (DEC-02). */
function hospitalStay(life: Life, supported: Supported): void {
  const { random, calibration } = life;
  const by = 'second-trust-lead' as const;
  const nurse = Math.floor(random.next() * 3);
  const stay = { changes: 'stay', by };
  const [first, second] = HOSPITALS;
  life.fact(life.now, (admitted) => ({
    by,
    path: '/hospital-stays',
    body: { personId: id('person'), teamId: id(first), coordinatorId: nurseOf(first, nurse), admittedAt: at(admitted) },
    makes: 'stay',
  }));
  const discharged = life.now + random.inBand(calibration.hospitalStayDays);
  if (random.chance(calibration.hospitalMove)) {
    life.fact((life.now + discharged) / 2, (moved) => ({
      ...stay,
      path: '/hospital-stays/{stay}/move',
      body: { teamId: id(second), coordinatorId: nurseOf(second, nurse), movedAt: at(moved) },
    }));
  }
  const team = supported.team;
  const kind = random.weighted(calibration.dischargeKind);
  life.fact(discharged, (left) => ({
    ...stay,
    path: '/hospital-stays/{stay}/discharge',
    body: { teamId: id(team), kind, coordinatorId: nurseOf(team, nurse), dischargedAt: at(left) },
  }));
  if (random.chance(0.8)) {
    const path = '/hospital-stays/{stay}/accept-discharge';
    life.decision(life.now + random.between([1, 12]), { ...stay, by: supported.trust.lead, path, body: {} });
  }
}
