import { createServer, type AddressInfo, type Server } from 'node:net';
import { eventually } from '@homeward/testing';
import { Listener } from './listener';

/** Takes each connection and closes it, as a database does that starts or ends. */
let database: Server;
let listener: Listener;
const asked: number[] = [];

beforeEach(async () => {
  database = createServer((socket) => {
    asked.push(performance.now());
    socket.destroy();
  });
  await new Promise<void>((resolve) => database.listen(0, '127.0.0.1', resolve));
  listener = new Listener({ host: '127.0.0.1', port: (database.address() as AddressInfo).port, password: 'any' });
});

afterEach(async () => {
  await listener.stop();
  database.close();
});

test('who listens rests longer each time before it connects again', async () => {
  listener.add(() => undefined);
  await eventually(() => expect(asked.length).toBeGreaterThanOrEqual(5));
  const [first = NaN, , , , fifth = NaN] = asked;
  // 100, 200, 400 and 800 ms; timers of Node may fire a millisecond early.
  expect(fifth - first).toBeGreaterThanOrEqual(1_490);
});
