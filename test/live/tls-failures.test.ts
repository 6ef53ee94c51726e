import { type ConnectOptions, connect, dial, type ZooKeeperError } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { Authority, LOOPBACK } from '../support/certificates.js';
import { blackHole, hangUp, listen } from '../support/listener.js';
import { listenTls } from '../support/tls-listener.js';
import { startTlsServer, type TlsServer } from '../support/tls-server.js';

/*
 * What only a handshake finds out: the error says what it was.
 */

let authority: Authority;
let server: TlsServer;

beforeAll(async () => {
  authority = new Authority();
  const certificate = authority.issue('localhost', { names: LOOPBACK });
  server = await startTlsServer(authority, certificate, 'need');
});

/** What a connection that is not to be had rejects with. */
async function rejection(address: string, options: ConnectOptions = {}): Promise<ZooKeeperError> {
  try {
    await (await connect(address, { tls: { ca: authority.path }, ...options })).close();
  } catch (error) {
    return error as ZooKeeperError;
  }
  throw new Error('it connected');
}

describe('connect rejects at once, and says why, when', () => {
  it('another authority vouches for the server', async () => {
    const stranger = new Authority('another').issue('localhost', { names: LOOPBACK });
    const { address } = await listenTls(stranger);
    expect(await rejection(address)).toMatchObject({
      code: 'ZSSLCONNECTIONERROR',
      op: 'dial',
      message: expect.stringContaining('unable to get local issuer certificate'),
      cause: { code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' },
    });
  });

  it('the server has only its own word', async () => {
    const { address } = await listenTls(new Authority('self').self);
    expect(await rejection(address)).toMatchObject({
      code: 'ZSSLCONNECTIONERROR',
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
  });

  it('the certificate of the server has expired', async () => {
    const { address } = await listenTls(authority.issue('old', { names: LOOPBACK, days: -1 }));
    expect(await rejection(address)).toMatchObject({
      code: 'ZSSLCONNECTIONERROR',
      message: expect.stringContaining('certificate has expired'),
      cause: { code: 'CERT_HAS_EXPIRED' },
    });
  });

  it.each([
    ['127.0.0.1', 'DNS:localhost,IP:127.0.0.2'],
    ['localhost', 'DNS:wrong.example,IP:127.0.0.1'],
    ['localhost', 'DNS:local*'],
  ])('the server is not %s but %s', async (host, names) => {
    const { address } = await listenTls(authority.issue('some server', { names }));
    const error = await rejection(address.replace('127.0.0.1', host));
    expect(error).toMatchObject({
      code: 'ZSSLCONNECTIONERROR',
      message: expect.stringContaining(`its certificate is not for "${host}"`),
      cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    });
  });

  it('none of two servers is to be trusted', async () => {
    const certificate = new Authority('another').issue('localhost', { names: LOOPBACK });
    const servers = [await listenTls(certificate), await listenTls(certificate)];
    const error = await rejection(servers.map(({ address }) => address).join(','));
    expect(error).toMatchObject({ code: 'ZSSLCONNECTIONERROR' });
    expect(servers.map(({ accepted }) => accepted)).not.toContain(0);
  });

  it('the server is not the one that servername says', async () => {
    const listener = await listenTls(authority.issue('localhost', { names: LOOPBACK }));
    const tls = { ca: authority.path, servername: 'other.example' };
    expect(await rejection(listener.address, { tls })).toMatchObject({
      message: expect.stringContaining('its certificate is not for "other.example"'),
    });
    expect(new Set(listener.names)).toEqual(new Set(['other.example']));
  });

  it('the server wants a certificate, and gets none', async () => {
    const error = await rejection(server.secureAddress, { connectTimeout: 5000 });
    expect(error).toMatchObject({ code: 'ZSSLCONNECTIONERROR' });
    expect((error.cause as { code: string }).code).toMatch(/CERTIFICATE/);
  });

  it('the server does not trust the certificate that it gets', async () => {
    const { cert, key } = new Authority('another').issue('client');
    const tls = { ca: authority.path, cert, key };
    const error = await rejection(server.secureAddress, { tls, connectTimeout: 5000 });
    expect(error.cause).toMatchObject({
      code: expect.stringMatching(/^ERR_SSL_.*ALERT|ECONNRESET/),
    });
  });

  it('what the server speaks is not TLS', async () => {
    const { address } = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await rejection(address)).toMatchObject({
      code: 'ZSSLCONNECTIONERROR',
      cause: { code: 'ERR_SSL_WRONG_VERSION_NUMBER' },
    });
  });
});

describe('connect rejects with ZOPERATIONTIMEOUT, and says why, when', () => {
  it('the port is the plaintext one', async () => {
    expect(await rejection(server.address, { connectTimeout: 500 })).toMatchObject({
      code: 'ZOPERATIONTIMEOUT',
      message: expect.stringContaining('is this its secure port?'),
      cause: { code: 'ECONNRESET' },
    });
  });

  it('the server hangs up', async () => {
    const { address } = await hangUp();
    expect(await rejection(address, { connectTimeout: 500 })).toMatchObject({
      code: 'ZOPERATIONTIMEOUT',
      cause: { code: 'ECONNRESET' },
    });
  });

  it('the server does not answer the handshake in time', async () => {
    const { address } = await blackHole();
    const options = { sessionTimeout: 600, connectTimeout: 1000 };
    expect(await rejection(address, options)).toMatchObject({
      code: 'ZOPERATIONTIMEOUT',
      cause: { code: 'ETIMEDOUT' },
    });
  });
});

describe('a server that cannot be trusted', () => {
  it('does not keep connect from another one', async () => {
    const bad = await listenTls(authority.issue('other', { names: 'DNS:other.example' }));
    const { cert, key } = authority.issue('client');
    await using conn = await connect([bad.address, server.secureAddress], {
      tls: { ca: authority.path, cert, key },
      randomizeServers: false,
    });
    expect(bad.accepted).toBe(1);
    expect(conn.currentServer).toBe(server.secureAddress);
  });

  it('is trusted when rejectUnauthorized is false', async () => {
    const { certPath, keyPath } = authority.issue('client');
    await using conn = await connect(server.secureAddress, {
      tls: { cert: certPath, key: keyPath, rejectUnauthorized: false },
    });
    expect(await conn.exists('/')).not.toBeNull();
  });

  it('makes requests fail with the reason, and is not asked again and again', async () => {
    const listener = await listenTls(new Authority('another').issue('x', { names: LOOPBACK }));
    const lines: string[] = [];
    const log = (line: string): number => lines.push(line);
    const conn = dial(listener.address, {
      tls: { ca: authority.path },
      sessionTimeout: 600,
      logger: { error: log, warn: log, info: log, debug: log },
    });
    await expect(conn.get('/')).rejects.toMatchObject({
      code: 'ZCONNECTIONLOSS',
      cause: { code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' },
    });
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { user, system } = process.cpuUsage(before);
    // In the first 1.1 s: at once, after 50 ms, and then every 60.
    expect(listener.accepted).toBeLessThan(25);
    expect((user + system) / 1000).toBeLessThan(500);
    await conn.close();
    expect(lines).toEqual([expect.stringContaining('unable to get local issuer certificate')]);
  });
});
