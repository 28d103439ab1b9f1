import type { EventContract } from './event-contract';
import { flowEvents } from './flow';
import { peopleEvents } from './people';
import { referralsEvents } from './referrals';

const all: EventContract[] = [...peopleEvents, ...referralsEvents, ...flowEvents];

/** Every type of event that any service publishes. */
export const catalogue: ReadonlyMap<string, EventContract> = new Map(all.map((contract) => [contract.type, contract]));

/** The services that publish them. */
export const publishers = (): string[] => [...new Set([...catalogue.keys()].map((type) => type.split('.')[1] ?? ''))];

const names = new Set([...catalogue.keys()].map(nameOf));

/** An unknown name is somebody else's business and is skipped; a known name of an unknown major must not be. */
export function classify(type: string): 'known' | 'unknown-major' | 'unknown-name' {
  if (catalogue.has(type)) return 'known';
  return names.has(nameOf(type)) ? 'unknown-major' : 'unknown-name';
}

export const dataSchemaOf = (contract: EventContract): string =>
  `https://homeward.example/schemas/${contract.type}/${contract.minor}.json`;

function nameOf(type: string): string {
  return type.replace(/\.v\d+$/, '');
}
