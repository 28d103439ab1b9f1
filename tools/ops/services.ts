import type { ServiceDefinition } from '@homeward/bootstrap';
import { flow } from '../../services/flow/src/flow.module';
import { people } from '../../services/people/src/people.module';
import { referrals } from '../../services/referrals/src/referrals.module';
import { Misuse } from './command';

/** Every service that has a database. A new one is added here. */
export const SERVICES: readonly ServiceDefinition[] = [people, referrals, flow];

/** All of them when none is named. */
export function servicesNamed(names: readonly string[]): readonly ServiceDefinition[] {
  return names.length === 0 ? SERVICES : names.map(serviceNamed);
}

export function serviceNamed(name: string | undefined): ServiceDefinition {
  const found = SERVICES.find((service) => service.name === name);
  if (!found) throw new Misuse(`Name a service: ${SERVICES.map((service) => service.name).join(', ')}.`);
  return found;
}
