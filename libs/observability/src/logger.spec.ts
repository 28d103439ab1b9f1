import { createLogger, type LogFields } from './logger';

const NHS_NUMBER = '9434765919';

process.env['LOG_LEVEL'] = 'info'; // the run itself is silent

function lineOf(fields: unknown): string {
  const lines: string[] = [];
  const log = createLogger('spec', { write: (line) => void lines.push(line) });
  log.error('spec.happened', fields as LogFields);
  return lines.join('');
}

describe('a log line', () => {
  it('says where, when and what, and has the fields that are allowed', () => {
    const line: unknown = JSON.parse(lineOf({ status: 409, route: '/referrals/:id/accept', code: 'already-accepted' }));
    expect(line).toMatchObject({
      level: 'error',
      component: 'spec',
      event: 'spec.happened',
      status: 409,
      route: '/referrals/:id/accept',
      code: 'already-accepted',
    });
  });

  it('drops every field that is not allowed, and an allowed one of another kind', () => {
    const line = lineOf({ nhsNumber: NHS_NUMBER, body: { familyName: 'Okafor' }, status: '1979-05-04', type: ['x'] });
    expect(line).not.toMatch(/9434765919|Okafor|1979-05-04|nhsNumber|body|"type"/);
  });

  it('has an error’s name, code and frames, and not its message', () => {
    const error = Object.assign(new TypeError(`no such person ${NHS_NUMBER}\n    at Okafor (born 1979-05-04)`), {
      code: 'ECONNREFUSED',
    });
    const line = lineOf({ error });
    expect(JSON.parse(line)).toMatchObject({ error: { name: 'TypeError', code: 'ECONNREFUSED' } });
    expect(line).toContain('logger.spec.ts');
    expect(line).not.toMatch(/9434765919|Okafor|1979-05-04/);
  });

  it('has the SQLSTATE of a database error, and not its detail', () => {
    const error = Object.assign(new Error('duplicate key'), {
      code: '23505',
      severity: 'ERROR',
      detail: `Key (nhs_number)=(${NHS_NUMBER}) already exists.`,
    });
    const line = lineOf({ error: new Error('could not register Okafor', { cause: error }) });
    expect(JSON.parse(line)).toMatchObject({ error: { name: 'Error', cause: { sqlState: '23505' } } });
    expect(line).not.toMatch(/9434765919|Okafor|duplicate/);
  });

  it('has no frames at all when the message hides among them', () => {
    const error = new Error('x');
    error.stack = `Error: y\n    at Okafor (born 1979-05-04)\n    at ${NHS_NUMBER}`;
    expect(lineOf({ error })).not.toMatch(/9434765919|Okafor|1979-05-04/);
  });
});
