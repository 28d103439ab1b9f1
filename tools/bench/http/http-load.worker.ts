import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { closedLoop } from '../closed-loop';
import { offer } from '../worker';

/** `POST`s over kept connections, with as little of its own as can be: the processor belongs to the server. */
interface Load {
  port: number;
  path: string;
  token: string;
  body: object;
  clients: number;
  seconds: number;
}

class Connection {
  private received = '';
  private answered: ((status: number) => void) | undefined;

  constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (data) => this.read(data.toString('latin1')));
    socket.on('error', (error) => void error); // what was asked never answers, and the bench ends
  }

  post({ path, token, body }: Load): Promise<number> {
    const text = JSON.stringify(body);
    const head = `POST ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\nidempotency-key: ${randomUUID()}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n`;
    return new Promise((resolve) => {
      this.answered = resolve;
      this.socket.write(head + text);
    });
  }

  private read(data: string): void {
    this.received += data;
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(this.received.slice(0, end))?.[1] ?? 0);
    if (this.received.length < end + 4 + length) return;
    const status = Number(this.received.slice(9, 12));
    this.received = '';
    this.answered?.(status);
  }
}

const kept = new Map<number, Connection[]>();

async function connections(port: number, count: number): Promise<Connection[]> {
  const held = kept.get(port) ?? [];
  kept.set(port, held);
  while (held.length < count) {
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    held.push(new Connection(socket));
  }
  return held;
}

offer({
  run: async (load: Load): Promise<number> => {
    const idle = [...(await connections(load.port, load.clients))];
    return closedLoop(load.clients, load.seconds, async () => {
      const connection = idle.pop() as Connection;
      const status = await connection.post(load);
      if (status !== 201) throw new Error(`${load.path} answered ${status}`);
      idle.push(connection);
    });
  },
});
