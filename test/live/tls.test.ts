import { readFileSync } from 'node:fs';
import { connect } from 'libzookeeper';
import { beforeAll, expect, test } from 'vitest';
import { Authority, LOOPBACK } from '../support/certificates.js';
import { startTlsServer, type TlsServer } from '../support/tls-server.js';

let authority: Authority;
let server: TlsServer;

beforeAll(async () => {
  authority = new Authority();
  server = await startTlsServer(authority, authority.issue('localhost', { names: LOOPBACK }));
});

test('a connection over TLS reads and writes', async () => {
  await using conn = await connect(server.secureAddress, { tls: { ca: authority.path } });
  expect(conn.currentServer).toBe(server.secureAddress);
  await conn.create('/tls', 'data');
  const { data } = await conn.get('/tls', { encoding: 'utf8' });
  expect(data).toBe('data');
  await conn.delete('/tls');
});

test.each([
  ['a path', () => authority.path],
  ['PEM', () => authority.cert],
  ['bytes', () => readFileSync(authority.path)],
])('an authority is given as %s', async (_, ca) => {
  await using conn = await connect(server.secureAddress, { tls: { ca: ca() } });
  expect(await conn.exists('/')).not.toBeNull();
});

test('a host is verified by its name', async () => {
  await using conn = await connect(`localhost:${server.securePort}`, {
    tls: { ca: authority.path },
  });
  expect(conn.currentServer).toBe(server.secureAddress);
});

test('a certificate that is shown makes the identity that access control knows', async () => {
  const client = authority.issue('client-1');
  await using conn = await connect(server.secureAddress, {
    tls: { ca: authority.path, cert: client.certPath, key: client.keyPath },
  });
  await conn.create('/mine', '', { acl: [{ perms: 31, scheme: 'x509', id: 'CN=client-1' }] });
  expect((await conn.get('/mine')).data.length).toBe(0);
  await using stranger = await connect(server.secureAddress, { tls: { ca: authority.path } });
  await expect(stranger.get('/mine')).rejects.toMatchObject({ code: 'ZNOAUTH' });
  await conn.delete('/mine');
});
