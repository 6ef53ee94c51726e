import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A port of loopback where somebody listens who is no ZooKeeper server. */
export interface Listener {
  readonly address: string;
  /** Connections that were made to it. */
  readonly accepted: number;
}

/** Listens on a free port until the test is done. */
export async function listen(onConnection: (socket: Socket) => void): Promise<Listener> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  const server = createServer((socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    address: `127.0.0.1:${port}`,
    get accepted() {
      return accepted;
    },
  };
}

/** Takes connections, reads what comes, and says nothing. */
export function blackHole(): Promise<Listener> {
  return listen((socket) => socket.resume());
}

/** Hangs up at once on everybody. */
export function hangUp(): Promise<Listener> {
  return listen((socket) => socket.resetAndDestroy());
}

/** An address of loopback where nobody listens. */
export async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}
