import { PERSONAS, type PersonaName } from '../../infra/local/issuer/personas';
import type { Client } from './client';
import { accept, refer, reject, screen, withdraw } from './steps/referrals';
import { beginHome, correct, die, mergeAnother } from './steps/people';
import { moveTeam, stayInHospital } from './steps/flow';
import { Way } from './way';
import { between, pause, type Random } from './random';

export interface Teams {
  intake: string;
  /** Of another trust, as the wards are. */
  secondIntake: string;
  community: string;
  secondCommunity: string;
  intensive: string;
  wards: [string, string];
}

/** Where everybody in the load works. */
export async function openTeams(client: Client): Promise<Teams> {
  const open = async (name: string, kind: string, nurse?: PersonaName, by: PersonaName = 'manager') => {
    const body = { name, kind, telephone: '01632 960000' };
    const id = String((await client.command('open-team', by, '/teams', body))?.body['id']);
    const member = nurse && { id: PERSONAS[nurse].sub, name: 'N. N.', role: 'nurse' };
    if (member) await client.command('add-practitioner', by, `/teams/${id}/practitioners`, member);
    return id;
  };
  const ward = (name: string) => open(name, 'hospital', 'second-trust-lead', 'second-trust-lead');
  return {
    intake: await open('Intake', 'intake'),
    secondIntake: await open('Second intake', 'intake', undefined, 'second-trust-lead'),
    community: await open('Community', 'community', 'community-nurse'),
    secondCommunity: await open('Second community', 'community', 'second-trust-lead', 'second-trust-lead'),
    intensive: await open('Intensive', 'intensive-support', 'intensive-nurse'),
    wards: [await ward('Ward A'), await ward('Ward B')],
  };
}

export interface LoadOptions {
  client: Client;
  teams: Teams;
  random: Random;
  stopped: () => boolean;
  /** Told of each person whom somebody holds, and of who may see that, for the one who asks who it is. */
  onHeld: (personId: string, by: PersonaName) => void;
  /** Told before nobody need hold the person any more. */
  onLeaving: (personId: string) => void;
}

/** One caller: people one after the other, each on a way of their own through the services. */
export async function peopleOneByOne(options: LoadOptions): Promise<void> {
  while (!options.stopped()) {
    await walk(new Way(options));
    await pause(between(options.random, 0, 100));
  }
}

async function walk(way: Way): Promise<void> {
  const referral = await refer(way);
  if (!referral) return;
  way.personId = referral.personId;
  way.held(referral.by);
  if (way.chance(0.2)) await correct(way);
  if (way.chance(0.2)) await beginHome(way);
  if (way.chance(0.05)) await mergeAnother(way);
  await screen(way, referral);
  if (way.chance(0.1)) return reject(way, referral);
  if (way.chance(0.1)) return withdraw(way, referral);
  const accepted = await accept(way, referral);
  if (accepted && referral.by === 'intake' && way.chance(0.5)) await moveTeam(way);
  if (accepted && way.chance(0.3)) await stayInHospital(way, referral.by);
  if (way.chance(0.1)) await die(way, referral.by);
}
