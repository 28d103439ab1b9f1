import { DomainError, uuidv4 } from '@homeward/kernel';
import type { CommandContext } from '../context';
import { checkVersion, type StreamLock, type Work } from '../decision';
import { NotFound, PreconditionFailed, PreconditionRequired } from '../errors';
import {
  addOne,
  contextOf,
  decision,
  insertNote,
  loadNote,
  openNotebook,
  OTHER_TRUST,
  received,
  streamOf,
  TRUST,
  withKey,
  type Notebook,
} from './notebook.fixture';

describe('a refusal stores nothing but its audit row', () => {
  let book: Notebook;
  beforeAll(async () => {
    book = await openNotebook();
  });
  afterAll(() => book.close());

  const stored = () =>
    book.all(`SELECT (SELECT count(*) FROM note) AS notes, (SELECT count(*) FROM outbox) AS events,
      (SELECT count(*) FROM idempotency) AS answers, (SELECT count(*) FROM relationship) AS rights,
      (SELECT coalesce(sum(last_sequence), 0) FROM stream) AS sequences`);

  async function refuse(context: CommandContext, streams: StreamLock, work: Work): Promise<unknown> {
    const before = await stored();
    const error: unknown = await book.database.write(context, streams, work).catch((reason: unknown) => reason);
    expect(await stored()).toEqual(before);
    return error;
  }
  const auditOf = ({ correlationId }: CommandContext) =>
    book.all('SELECT outcome, subject, person_ids FROM audit WHERE correlation_id = $1', [correlationId]);

  it('when a rule of the domain says no', async () => {
    const personId = uuidv4();
    const context = withKey(uuidv4());
    const decide = () => {
      throw new DomainError('not-now', 'It is not the time.', 'rule', 'REF-04');
    };
    expect(await refuse(context, streamOf(personId), { decide })).toBeInstanceOf(DomainError);
    expect(await auditOf(context)).toEqual([
      { outcome: 'refused:not-now', subject: `person/${personId}`, person_ids: [personId] },
    ]);
  });

  it('and looks at no row where nothing may be locked, so that it takes no longer for somebody hidden (DEC-32)', async () => {
    await book.all('CREATE SEQUENCE looked; GRANT USAGE ON SEQUENCE looked TO PUBLIC');
    const somebody = uuidv4();
    const looks: Work = {
      load: [{ text: `SELECT nextval('looked') AS times`, values: [] }],
      decide: ([rows]) => decision(somebody, Number(rows?.[0]?.['times']), [], []),
    };
    const lock = (where: string): StreamLock => ({
      select: { text: `SELECT 'person/${somebody}' AS key WHERE ${where}`, values: [] },
      what: 'person',
    });
    expect(await refuse(contextOf(TRUST), lock('false'), looks)).toBeInstanceOf(NotFound);
    expect(await book.all('SELECT is_called FROM looked')).toEqual([{ is_called: false }]);
    expect(await book.database.write(contextOf(TRUST), lock('true'), looks)).toMatchObject({ etag: 1 });
  });

  it('when the caller believes another version, or names none', async () => {
    const personId = uuidv4();
    await book.database.write(contextOf(TRUST), streamOf(personId), addOne(personId));
    const guarded = (context: CommandContext): Work => ({
      load: [loadNote(personId)],
      decide: ([rows]) => {
        checkVersion(context, Number(rows?.[0]?.['version']));
        return decision(personId, 2, [], [received(personId)]);
      },
    });
    const [behind, blind] = [contextOf(TRUST, { ifMatch: 7 }), contextOf(TRUST)];
    expect(await refuse(behind, streamOf(personId), guarded(behind))).toBeInstanceOf(PreconditionFailed);
    expect(await refuse(blind, streamOf(personId), guarded(blind))).toBeInstanceOf(PreconditionRequired);
    expect(await auditOf(behind)).toMatchObject([{ outcome: 'refused:precondition-failed' }]);
    expect(await auditOf(blind)).toMatchObject([{ outcome: 'refused:precondition-required' }]);
  });

  it('when it is about somebody whom the caller may not see, as if there were nobody', async () => {
    const personId = uuidv4();
    await book.database.write(contextOf(TRUST), streamOf(personId), addOne(personId));
    const text = `SELECT 'person/' || person_id AS key FROM note WHERE person_id = $1`;
    const lock = (id: string): StreamLock => ({ select: { text, values: [id] }, what: 'note' });
    const [foreign, nobody] = [contextOf(OTHER_TRUST), contextOf(OTHER_TRUST)];
    expect(await refuse(foreign, lock(personId), addOne(personId))).toEqual(new NotFound('note'));
    expect(await refuse(nobody, lock(uuidv4()), addOne(personId))).toEqual(new NotFound('note'));
    expect(await auditOf(foreign)).toEqual([
      { outcome: 'refused:not-found', subject: `note/${personId}`, person_ids: [] },
    ]);
  });

  it('and a failure of ours stores nothing at all', async () => {
    const personId = uuidv4();
    const context = withKey(uuidv4());
    const twice = [insertNote(personId), { ...insertNote(personId), name: 'again' }];
    const work: Work = { decide: () => decision(personId, 1, twice, [received(personId)]) };
    expect(await refuse(context, streamOf(personId), work)).toMatchObject({ code: '23505' });
    expect(await auditOf(context)).toEqual([]);
  });
});
