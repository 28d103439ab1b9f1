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

export function warningsOfDeath(person: KnownPerson, on: Day): Warning[] {
  if (on >= person.identity.birthDate) return [];
  return [
    { code: 'death-before-birth', ...rule, detail: 'The death lies before the recorded birth date: check both.' },
  ];
}
