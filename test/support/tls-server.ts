import type { Authority, Certificate } from './certificates.js';
import { deadAddress } from './listener.js';
import { startServer, type TestServer, type TestServerOptions } from './server.js';

/** A server with a secure port beside the plaintext one. */
export interface TlsServer extends TestServer {
  /** `127.0.0.1:port` of the secure one. */
  readonly secureAddress: string;
  readonly securePort: number;
}

/** Whether the server asks for a certificate, and insists. */
type ClientAuth = 'none' | 'want' | 'need';

/** Starts a server that has this certificate, and trusts those that the authority issued. */
export async function startTlsServer(
  authority: Authority,
  certificate: Certificate,
  clientAuth: ClientAuth = 'want',
  options: TestServerOptions = {},
): Promise<TlsServer> {
  const secureAddress = await deadAddress();
  const securePort = Number(secureAddress.replace(/.*:/, ''));
  const server = await startServer({
    ...options,
    zooCfg: {
      secureClientPort: securePort,
      serverCnxnFactory: 'org.apache.zookeeper.server.NettyServerCnxnFactory',
      'ssl.keyStore.location': certificate.bothPath,
      'ssl.trustStore.location': authority.path,
      'ssl.trustStore.type': 'PEM',
      'ssl.hostnameVerification': false,
      'ssl.clientAuth': clientAuth,
      'authProvider.x509': 'org.apache.zookeeper.server.auth.X509AuthenticationProvider',
      ...options.zooCfg,
    },
  });
  return Object.assign(server, { secureAddress, securePort });
}
