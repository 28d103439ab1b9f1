import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/** How a way is slow: each piece waits for the one before it, then this long, as at a device that does one at a time. */
export interface Slowness {
  milliseconds: number;
  bytesPerSecond: number;
  /** Which connections, by the first bytes that their client sends; all, if absent. */
  only?: (greeting: string) => boolean;
}

/** A way to a server that can fall silent, as an address does whose host is gone, or be slow. */
export interface TcpProxy {
  host: string;
  port: number;
  /** What is connected now is never answered again, not even refused; who connects meanwhile neither. */
  silence(): void;
  /** Who connects from now on is served. */
  restore(): void;
  /** What passes from now on, on connections old and new; undefined: as fast as it comes. */
  slow(how: Slowness | undefined): void;
  close(): Promise<void>;
}

export async function startTcpProxy(to: { host: string; port: number }, port = 0): Promise<TcpProxy> {
  let silent = false;
  let slowness: Slowness | undefined;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((inward) => {
    keep(inward);
    if (silent) return;
    const outward = connect(to);
    keep(outward);
    let greeting: string | undefined;
    const passing = (): Transform =>
      new Transform({
        transform(piece: Buffer, _, done) {
          greeting ??= piece.toString('latin1', 0, 500);
          if (!slowness || slowness.only?.(greeting) === false) return done(null, piece);
          const wait = slowness.milliseconds + (piece.length * 1_000) / slowness.bytesPerSecond;
          setTimeout(() => done(null, piece), wait);
        },
      });
    join(inward, outward, passing());
    join(outward, inward, passing());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    silence: () => {
      silent = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    restore: () => void (silent = false),
    slow: (how) => void (slowness = how),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An end is passed on behind what was sent before it, a failure at once. */
function join(from: Socket, to: Socket, passing: Transform): void {
  from.pipe(passing).pipe(to);
  from.on('close', (failed) => {
    if (failed) to.destroy();
  });
}
