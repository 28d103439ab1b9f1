import { readConfig, readDataConfig, ServiceInfo } from '@homeward/bootstrap';
import { ERASURE_REASONS, type ErasureReason } from '@homeward/contracts';
import { DomainError, isUuid, systemClock } from '@homeward/kernel';
import { Database, openPools } from '@homeward/persistence';
import { PeopleKeys } from '../../services/people/src/adapters/people-keys';
import { ErasePerson } from '../../services/people/src/features/erase-person/erase-person';
import { people } from '../../services/people/src/people.module';
import { Misuse, table, type Command } from './command';
import { environmentOf } from './environment';
import { approvedContext, leftAfter, lossesOf, stillOpenOf, vacuum, withHoldings, type Holding } from './erasure';
import { SERVICES } from './services';

const WITHIN_MS = 30_000;

export const eraseCommand: Command = {
  name: 'erase',
  usage: '<person id> --reason <code> (--dry-run | --approved-by <sub>) [--even-if-open]',
  summary: 'Says what would go if a person were erased; erases them, in every service, when somebody approved.',
  details: `Who it was goes: names, NHS number, birth date, homes, and whatever was typed about them, under every id that means
them. Coded facts stay, under an id that leads to nobody. It cannot be taken back. Backups keep what they have until they
are thrown away: docs/runbooks/erase-a-person.md says what to do about them.

--reason is one of ${ERASURE_REASONS.join(', ')}.
--approved-by names who decided it, by their \`sub\`, which the audit keeps with the reason. Without it nothing is changed.
--even-if-open erases somebody who is still supported, or waits for an answer. Whoever holds them goes on holding an id
without a name, and can call nobody: end that work first wherever it can be ended.

The services hear of it through the log; where one did not within ${WITHIN_MS / 1000} seconds it is named, and the same command again
looks whether it has. In a container, run it in one of people: it needs that service's secret.`,
  options: {
    reason: { type: 'string' },
    'dry-run': { type: 'boolean' },
    'approved-by': { type: 'string' },
    'even-if-open': { type: 'boolean' },
  },
  async run([id = ''], { reason, 'dry-run': dryRun, 'approved-by': approvedBy, 'even-if-open': evenIfOpen }) {
    if (!isUuid(id)) throw new Misuse('Say whom, by the id of a person.');
    const reasonCode = ERASURE_REASONS.find((code) => code === reason);
    if (!reasonCode) throw new Misuse(`Say why: --reason takes one of ${ERASURE_REASONS.join(', ')}.`);
    if (approvedBy !== undefined && (typeof approvedBy !== 'string' || !isUuid(approvedBy)))
      throw new Misuse('Who approved it? --approved-by takes their `sub`; --dry-run only says what would go.');
    const approved = dryRun === true || approvedBy === undefined ? undefined : approvedBy;
    const configs = SERVICES.map((definition) => ({
      definition,
      config: readDataConfig(definition.name, process.env).database,
    }));
    return withHoldings(configs, (holdings) =>
      withPeople((person) =>
        eraseOrSay(person, holdings, { id, reasonCode, approved, evenIfOpen: evenIfOpen === true }),
      ),
    );
  },
};

export interface Asked {
  id: string;
  reasonCode: ErasureReason;
  /** The `sub` of who decided it; nothing is changed without. */
  approved?: string;
  evenIfOpen: boolean;
}

export async function eraseOrSay(person: ErasePerson, holdings: readonly Holding[], asked: Asked): Promise<boolean> {
  const { ids, erasedAt } = await person.standing(asked.id);
  if (ids.length === 0) throw new Misuse(`There is no person ${asked.id}.`);
  if (erasedAt) console.log(`${asked.id} was erased at ${erasedAt.toISOString()}.`);
  else if (!(await mayErase(holdings, ids, asked))) return false;
  if (!asked.approved) return true;
  if (!erasedAt && !(await erased(person, asked.approved, asked))) return false;
  const left = await leftAfter(holdings, ids, WITHIN_MS);
  await vacuum(holdings);
  console.log(table([...left], 'No service keeps anything of them but coded facts.'));
  if (left.length > 0)
    console.log('That is left: is something parked, or a service down? Then the same command again.');
  return left.length === 0;
}

/** Says what would go and what speaks against it (AUD-10). */
async function mayErase(
  holdings: readonly Holding[],
  ids: string[],
  { id, approved, evenIfOpen }: Asked,
): Promise<boolean> {
  console.log(
    ids.length === 1 ? `${id} would lose:` : `${id}, known by ${ids.length} ids (${ids.join(', ')}), would lose:`,
  );
  console.log(table([...(await lossesOf(holdings, ids))], 'Nothing.'));
  const open = await stillOpenOf(holdings, ids);
  if (open.length > 0) {
    const heldBy = 'They are still supported, or wait for an answer; somebody is responsible for them:';
    console.log([heldBy, ...open].join('\n  '));
  }
  if (!approved) {
    console.log('Nothing was changed. --approved-by does it.');
    return true;
  }
  if (open.length === 0 || evenIfOpen) return true;
  console.log('Nothing was changed. End that work first, or say --even-if-open.');
  return false;
}

async function erased(person: ErasePerson, approvedBy: string, { id, reasonCode }: Asked): Promise<boolean> {
  try {
    await person.erase(approvedContext(approvedBy, reasonCode), id, reasonCode);
    console.log(`${id} is erased.`);
    return true;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    console.log(`Nothing was changed. ${error.message}`);
    return false;
  }
}

async function withPeople<T>(work: (person: ErasePerson) => Promise<T>): Promise<T> {
  const { service, database: config, secret, simulated } = readConfig(people.name, environmentOf(people));
  const { app, worker, end } = openPools(config);
  const database = new Database({ service, app, worker, clock: systemClock, simulated });
  const keys = new PeopleKeys(new ServiceInfo(service, secret, simulated).key(service));
  try {
    return await work(new ErasePerson(database, worker, keys));
  } finally {
    await end();
  }
}
