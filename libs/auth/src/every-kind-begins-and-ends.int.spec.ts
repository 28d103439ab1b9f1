import {
  contactEnded,
  contactRecorded,
  RELATIONSHIP_KINDS,
  relationshipsOf,
  type RelationshipKind,
  type RelationshipRow,
} from '@homeward/contracts';
import { uuidv4 } from '@homeward/kernel';
import { endRelationships, openRelationships, type Statement } from '@homeward/persistence';
import type { ServiceDatabase } from '@homeward/testing';
import { openPeople, streamOf } from './relationships.fixture';

const HOUR = 3_600_000;
const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString();

let service: ServiceDatabase;
beforeAll(async () => {
  service = await openPeople();
});
afterAll(() => service.drop());

const run = ({ text, values }: Statement) => service.asWorker(text, values);
const seenBy = async (organisation: string, personId: string): Promise<string[]> => {
  const rows = await service.asApp<{ kind: string }>(
    organisation,
    'SELECT kind FROM relationship WHERE person_id = $1',
    [personId],
  );
  return rows.map(({ kind }) => kind);
};

/** As an event of the service that the kind belongs to would open it. */
const opening = (kind: RelationshipKind, at: string, until?: string): RelationshipRow => ({
  ...{ source: `/homeward/${RELATIONSHIP_KINDS[kind].of}`, change: 'open', personId: uuidv4(), organisation: 'RZ1' },
  ...{ holder: null, kind, subject: 'what/it-is-about', at, until, sequence: 1n },
});

describe.each(Object.keys(RELATIONSHIP_KINDS) as RelationshipKind[])('%s (DEC-32)', (kind) => {
  it('shows nothing before it begins, and nothing to another organisation', async () => {
    const later = opening(kind, inHours(1));
    const now = opening(kind, inHours(-1));
    await run(openRelationships([later, now]));
    expect(await seenBy('RZ1', later.personId)).toEqual([]);
    expect(await seenBy('RZ1', now.personId)).toEqual([kind]);
    expect(await seenBy('RZ2', now.personId)).toEqual([]);
  });

  it('ends with the event that ends it, and by itself where its end is known', async () => {
    const [ended, over] = [opening(kind, inHours(-2)), opening(kind, inHours(-2), inHours(-1))];
    await run(openRelationships([ended, over]));
    expect(await seenBy('RZ1', ended.personId)).toEqual([kind]);
    expect(await seenBy('RZ1', over.personId)).toEqual([]);
    await run(endRelationships([{ ...ended, change: 'end', at: inHours(0), sequence: 2n }]));
    expect(await seenBy('RZ1', ended.personId)).toEqual([]);
  });
});

describe('who is close to a person, by the events of people (DEC-32, PERM-11)', () => {
  const account = uuidv4();
  const CLOSE = { account, mayBeTold: true } as const;

  it.each([
    ['family', { is: 'parent', authority: 'parental-responsibility' }],
    ['family', { is: 'paid-carer', authority: 'consent' }],
    ['advocate', { is: 'advocate', authority: 'none' }],
  ] as const)('%s sees from the contact on, and not after it ended: %j', async (kind, codes) => {
    const [personId, aliasId, contact] = [uuidv4(), uuidv4(), `contact/${uuidv4()}`];
    const next = streamOf(personId, 'people');
    const data = { ...CLOSE, ...codes, aliasIds: [aliasId] };
    const seen = async () => Promise.all([personId, aliasId].map((id) => seenBy(`person/${account}`, id)));
    await run(openRelationships(relationshipsOf(next(contactRecorded, contact, inHours(-2), data))));
    expect(await seen()).toEqual([[kind], [kind]]);
    await run(endRelationships(relationshipsOf(next(contactEnded, contact, inHours(-1), data))));
    expect(await seen()).toEqual([[], []]);
  });

  it('the right ends by itself on the day that was named', async () => {
    const personId = uuidv4();
    const data = { ...CLOSE, until: '2026-01-02' };
    const next = streamOf(personId, 'people');
    const rows = relationshipsOf(next(contactRecorded, 'contact/1', '2026-01-01T00:00:00Z', data));
    expect(rows.map(({ until }) => until)).toEqual(['2026-01-02T00:00:00.000000Z']);
    await run(openRelationships(rows));
    expect(await seenBy(`person/${account}`, personId)).toEqual([]);
  });

  it.each([
    ['has no account', { account: null }],
    ['may not be told', { mayBeTold: false }],
    ['acts on nothing', { authority: 'none' }],
    ['is the nominated person and no more', { authority: 'nominated-person' }],
  ] as const)('nobody sees who %s', (_, codes) => {
    const next = streamOf(uuidv4(), 'people');
    const event = next(contactRecorded, 'contact/1', inHours(0), { ...CLOSE, ...codes });
    expect(relationshipsOf(event)).toEqual([]);
  });
});
