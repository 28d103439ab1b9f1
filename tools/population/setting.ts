import type { PersonaName } from '../../infra/local/issuer/personas';
import { TOLD_AT, type Step } from './life';

/** A trust as the people of a population meet it. */
export interface Trust {
  /** Who decides at its intake, and keeps what is known of a person. */
  intake: PersonaName;
  lead: PersonaName;
  intakeTeam: string;
  communityTeams: readonly string[];
}

export const FIRST: Trust = {
  intake: 'intake',
  lead: 'community-lead',
  intakeTeam: 'intake',
  communityTeams: ['community-north', 'community-south'],
};
export const SECOND: Trust = {
  intake: 'second-trust-lead',
  lead: 'second-trust-lead',
  intakeTeam: 'second-intake',
  communityTeams: ['second-community'],
};
export const INTENSIVE = 'intensive';
export const HOSPITALS = ['hospital', 'second-hospital'] as const;

const TEAMS: readonly [name: string, title: string, kind: string, by: PersonaName][] = [
  ['intake', 'Front door', 'intake', 'manager'],
  ['community-north', 'Community team north', 'community', 'manager'],
  ['community-south', 'Community team south', 'community', 'manager'],
  ['intensive', 'Intensive support', 'intensive-support', 'manager'],
  ['second-intake', 'Front door of the other trust', 'intake', 'second-trust-lead'],
  ['second-community', 'Community team of the other trust', 'community', 'second-trust-lead'],
  ['hospital', 'Assessment and treatment unit', 'hospital', 'second-trust-lead'],
  ['second-hospital', 'Rehabilitation unit', 'hospital', 'second-trust-lead'],
];

const NURSES = ['Amara Cole', 'Bryn Foster', 'Chidi Grant'];

/** Somebody of a team who answers by name; their id is the token's `sub` in life, and made up here. */
export const nurseOf = (team: string, n: number): string => {
  const index = TEAMS.findIndex(([name]) => name === team);
  return `0a3c1d52-5b0e-4f0e-8a52-0000000000${index}${n % NURSES.length}`;
};

/** Before anybody comes: the teams, and who works in them. */
export function openTeams(): Step[] {
  const told = (step: Omit<Step, 'day' | 'happened'>): Step => ({ day: 0, happened: TOLD_AT, ...step });
  return TEAMS.flatMap(([name, title, kind, by], i) => [
    told({ by, path: '/teams', body: { name: title, kind, telephone: `01632 96010${i}` }, makes: name }),
    ...NURSES.map((nurse, n) => {
      const body = { id: nurseOf(name, n), name: nurse, role: 'nurse' };
      return told({ by, path: `/teams/{${name}}/practitioners`, body });
    }),
  ]);
}

/** A general practice refers by itself; what comes by telephone or letter the intake writes down. */
export const byOf = (source: string) => (source === 'A1' ? ('gp' as const) : ('intake' as const));
