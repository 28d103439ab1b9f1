import { RELATIONSHIP_KINDS, type RelationshipKind, type RelationshipRow } from '@homeward/contracts';
import { uuidv4 } from '@homeward/kernel';
import { endRelationships, openRelationships, type Statement } from '@homeward/persistence';
import type { ServiceDatabase } from '@homeward/testing';
import { openPeople } from './relationships.fixture';

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
