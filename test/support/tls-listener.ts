import { createServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Certificate } from './certificates.js';

/** A port of loopback where somebody speaks TLS who is no ZooKeeper server. */
export interface TlsListener {
  readonly address: string;
  /** Connections that were made to it. */
  readonly accepted: number;
  /** The names that clients asked for. */
  readonly names: readonly string[];
}

/** Speaks TLS on a free port until the test is done, and then says nothing. */
export async function listenTls({ cert, key }: Certificate): Promise<TlsListener> {
  let accepted = 0;
  const names: string[] = [];
  const server = createServer({
    cert,
    key,
    SNICallback: (name, callback) => {
      names.push(name);
      callback(null);
    },
  });
  server.on('connection', (socket) => {
    accepted += 1;
    socket.on('error', () => {});
  });
  server.on('secureConnection', (socket) => socket.on('error', () => {}).resume());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    address: `127.0.0.1:${port}`,
    names,
    get accepted() {
      return accepted;
    },
  };
}
