import { createOutbox, type TestOutbox } from './outbox.fixture';
import { Leadership } from './leadership';

describe('the server ends the session of a leader whose host is gone', () => {
  let outbox: TestOutbox;
  beforeAll(async () => {
    outbox = await createOutbox();
  });
  afterAll(() => outbox.drop());

  it('within 11 s, whether or not it had answered it just then', async () => {
    const leadership = new Leadership(outbox.worker, 'relay');
    const client = await leadership.take();
    const settings = await client?.query<{ name: string; setting: string }>(
      `SELECT name, current_setting(name) AS setting FROM pg_settings WHERE name LIKE 'tcp\\_%' ORDER BY name`,
    );
    await leadership.release();
    expect(Object.fromEntries((settings?.rows ?? []).map(({ name, setting }) => [name, setting]))).toEqual({
      tcp_keepalives_count: '3',
      tcp_keepalives_idle: '5',
      tcp_keepalives_interval: '2',
      tcp_user_timeout: '11000',
    });
  });
});
