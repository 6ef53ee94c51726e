import { connect, setLogLevel } from 'libzookeeper';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Authority, LOOPBACK } from '../support/certificates.js';
import { saslOptions, USERS } from '../support/sasl-server.js';
import { startTlsServer, type TlsServer } from '../support/tls-server.js';

let server: TlsServer;
let tls: { ca: string };

beforeAll(async () => {
  const authority = new Authority();
  const certificate = authority.issue('localhost', { names: LOOPBACK });
  server = await startTlsServer(authority, certificate, 'none', saslOptions());
  tls = { ca: authority.path };
});

const sasl = (password: string | undefined) =>
  ({ mechanism: 'DIGEST-MD5', username: 'alice', password: password ?? '' }) as const;

describe('SASL over TLS', () => {
  it('makes the identity that access control knows', async () => {
    await using conn = await connect(server.secureAddress, { tls, sasl: sasl(USERS['alice']) });
    await conn.create('/mine', 'a', { acl: [{ perms: 31, scheme: 'sasl', id: 'alice' }] });
    await using stranger = await connect(server.secureAddress, { tls });
    await expect(stranger.get('/mine')).rejects.toMatchObject({ code: 'ZNOAUTH' });
    await conn.delete('/mine');
  });

  it('refuses a wrong password', async () => {
    const refused = connect(server.secureAddress, { tls, sasl: sasl('wrong-password') });
    await expect(refused).rejects.toMatchObject({
      code: 'ZAUTHFAILED',
      cause: { code: 'ERR_SASL' },
    });
  });

  it('has no secret in its log, however much is logged', async () => {
    setLogLevel(4);
    onTestFinished(() => setLogLevel(0));
    const lines: string[] = [];
    const log = (line: string): number => lines.push(line);
    const logger = { error: log, warn: log, info: log, debug: log };
    const good = await connect(server.secureAddress, { tls, sasl: sasl(USERS['alice']), logger });
    await good.close();
    const bad = connect(server.secureAddress, { tls, sasl: sasl('wrong-password'), logger });
    await expect(bad).rejects.toMatchObject({ code: 'ZAUTHFAILED' });
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => /alice-secret|wrong-password/.test(line))).toEqual([]);
  });
});
