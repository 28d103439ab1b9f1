import { catalogue, classify } from './catalogue';
import { contactRecorded } from './people';
import { RELATIONSHIP_KINDS } from './relationship-kinds';
import { relationshipsOf } from './relationships';
import { validateConsumed, validateProduced } from './validator';

const contracts = [...catalogue.values()];
/** What a contact opens turns on what they are. */
const ADVOCATE = { ...contactRecorded.example, is: 'advocate' };

describe.each(contracts)('$type', (contract) => {
  it('is named as the design says', () => {
    expect(contract.type).toMatch(/^homeward\.[a-z-]+\.[a-z-]+\.[a-z-]+\.v\d+$/);
  });

  it('has an example that keeps its schema', () => {
    expect(validateProduced(contract.type, contract.example)).toEqual([]);
  });

  it('lets no unknown field out, and reads one that a newer minor added', () => {
    const newer = { ...(contract.example as object), addedLater: 'x' };
    expect(validateProduced(contract.type, newer)).not.toEqual([]);
    expect(validateConsumed(contract.type, newer)).toEqual([]);
  });

  it('declares relationships that its own data can fill', () => {
    const personid = '6f1c2c0e-52b6-4a9e-9a63-5b1f0c0f8a11';
    const event = { type: contract.type, source: '/homeward/test', subject: 'x/1', occurredat: '2026-11-25T00:00:00Z' };
    const rows = relationshipsOf({ ...event, sequence: 1n, personid, data: contract.example });
    // Their order is that of the person's stream.
    expect(rows.length > 0 && contract.stream !== 'person').toBe(false);
    for (const row of rows) {
      expect(row.organisation).toMatch(/^([A-Z0-9]{1,12}|person\/.+)$/);
      expect(row.holder ?? 'team/x').toMatch(/^(team|practitioner|person)\//);
    }
  });
});

it('tells a newer major of a known name from a name that is not ours', () => {
  expect(classify('homeward.people.person.registered.v1')).toBe('known');
  expect(classify('homeward.people.person.registered.v9')).toBe('unknown-major');
  expect(classify('homeward.weather.rain.fell.v1')).toBe('unknown-name');
});

/** Those whose service is there are opened by one of its events; the others wait for theirs. */
it.each(Object.entries(RELATIONSHIP_KINDS))(
  'a relationship of kind %s is opened by a contract of its service',
  (kind, { of }) => {
    const openedBy = contracts.flatMap((contract) => {
      const personid = '6f1c2c0e-52b6-4a9e-9a63-5b1f0c0f8a11';
      const event = {
        source: '/homeward/test',
        subject: 'x/1',
        occurredat: '2026-11-25T00:00:00Z',
        sequence: 1n,
        personid,
      };
      const data = contract.type === contactRecorded.type && kind === 'advocate' ? ADVOCATE : contract.example;
      const changes = relationshipsOf({ ...event, type: contract.type, data });
      return changes.some((change) => change.kind === kind && change.change === 'open') ? [contract.type] : [];
    });
    if (['support-register', 'discharge', 'cetr', 'crisis'].includes(of)) expect(openedBy).toEqual([]);
    else expect(openedBy.some((type) => type.startsWith(`homeward.${of}.`))).toBe(true);
  },
);
