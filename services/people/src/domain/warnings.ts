import type { Day } from '@homeward/kernel';
import type { KnownPerson } from './known-person';

/** Something to look at; it stops nothing (DEC-01). */
export interface Warning {
  code: string;
  rule: string;
  standing: string;
  detail: string;
}

const rule = { rule: 'DEC-01', standing: 'our-default' };

/** Of a fact that holds from a day on. */
export function warningsOn(person: KnownPerson, day: Day): Warning[] {
  if (!person.death || day <= person.death.on) return [];
  return [{ code: 'after-death', ...rule, detail: 'It lies after the recorded death of the person: check both.' }];
}

/** Of a new home, beside others that nobody may learn. */
export function warningsOfHome(isRestrictedBefore: boolean, said: boolean | undefined): Warning[] {
  if (!isRestrictedBefore || said) return [];
  const [code, detail] =
    said === false
      ? [
          'home-not-restricted',
          'It is open, and the homes that it follows are restricted: restrict it if it should be.',
        ]
      : ['home-restricted-as-before', 'It is restricted, as the homes that it follows: lift that if all may learn it.'];
  return [{ code, rule: 'DEC-34', standing: 'our-default', detail }];
}

export function warningsOfDeath(person: KnownPerson, on: Day): Warning[] {
  if (on >= person.identity.birthDate) return [];
  return [
    { code: 'death-before-birth', ...rule, detail: 'The death lies before the recorded birth date: check both.' },
  ];
}
