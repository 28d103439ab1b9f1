import { NotFound } from '@homeward/persistence';
import { caller, commandOf, createServiceDatabase, type ServiceDatabase } from '@homeward/testing';
import { randomUUID } from 'node:crypto';
import { migrations } from '../../adapters/migrations';
import { registered } from '../../registered.fixtures';
import { FactsController } from './facts.http';

const PRACTICE = caller({ organisation: 'A99001', roles: ['referrer'] });
const asService = (name: string) => caller({ organisation: name, roles: ['service'] });

let service: ServiceDatabase;
beforeAll(async () => {
  service = await createServiceDatabase('people', migrations);
});
afterAll(() => service.drop());

const factsFor = (name: string, id: string) =>
  new FactsController(service.database).get(commandOf(asService(name)), id);

describe('what a service is told of a person', () => {
  it('is coded facts and the sequence of the stream, which grows with each event', async () => {
    const id = await registered(service.database, commandOf(PRACTICE));
    const facts = { id, basis: 'autism', responsibleIcb: 'QZ1', provisional: false, milestones: [], changesOn: null };
    expect(await factsFor('referrals', id)).toEqual({ ...facts, sequence: '1' });
    await registered(service.database, commandOf(PRACTICE));
    expect(await factsFor('flow', id)).toEqual({ ...facts, sequence: '2' });
  });

  it('is the days of the ages for those alone whose rules turn on them, and never the birth date (DEC-35)', async () => {
    const id = await registered(service.database, commandOf(PRACTICE));
    const { milestones } = await factsFor('support-register', id);
    expect(milestones).toContainEqual({ age: '18', on: '2019-02-03' });
    for (const name of ['referrals', 'flow', 'staffing']) {
      expect(JSON.stringify(await factsFor(name, id))).not.toMatch(/2001-02|2019-02|-02-03|Ada|9990010005/);
    }
  });

  it('is nothing for an id that nobody has, and every look is audited', async () => {
    const nobody = randomUUID();
    await expect(factsFor('flow', nobody)).rejects.toThrow(NotFound);
    expect(
      await service.asWorker('SELECT organisation, outcome FROM audit WHERE subject = $1', [`person/${nobody}`]),
    ).toEqual([{ organisation: 'flow', outcome: 'nothing-found' }]);
  });
});
