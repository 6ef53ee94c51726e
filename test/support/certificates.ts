import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory } from './workspace.js';

/*
 * Certificates for tests, made with the openssl command: Node.js reads them but cannot make any.
 */

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];

function openssl(directory: string, ...args: string[]): void {
  execFileSync('openssl', args, { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** A certificate and its key, as paths and as PEM. */
export interface Certificate {
  readonly certPath: string;
  readonly keyPath: string;
  readonly cert: string;
  readonly key: string;
  /** Key and certificate in one file, as ZooKeeper's servers want them. */
  readonly bothPath: string;
}

export interface CertificateOptions {
  /** `DNS:localhost,IP:127.0.0.1` */
  readonly names?: string;
  /** How long it is valid; -1 for one that has expired. */
  readonly days?: number;
}

/** An authority that vouches for certificates. */
export class Authority {
  readonly #directory = newDirectory();
  #count = 0;
  readonly path = join(this.#directory, 'ca.crt');
  /** Its certificate, in PEM. */
  readonly cert: string;
  /** It vouches for itself. */
  readonly self: Certificate;

  constructor(name = 'test authority', days = 30) {
    mkdirSync(this.#directory, { recursive: true });
    openssl(
      this.#directory,
      ...['req', '-x509', ...EC, '-nodes', '-subj', `/CN=${name}`, '-days', '30'],
      ...['-keyout', 'ca.key', '-out', 'ca.crt'],
    );
    if (days < 0) {
      const again = ['x509', '-in', 'ca.crt', '-signkey', 'ca.key', '-days', String(days)];
      openssl(this.#directory, ...again, '-out', 'ca.crt');
    }
    this.cert = readFileSync(this.path, 'utf8');
    const keyPath = join(this.#directory, 'ca.key');
    const key = readFileSync(keyPath, 'utf8');
    this.self = { certPath: this.path, keyPath, cert: this.cert, key, bothPath: '' };
  }

  /** Issues a certificate. */
  issue(commonName: string, { names, days = 30 }: CertificateOptions = {}): Certificate {
    this.#count += 1;
    const name = `${this.#count}`;
    const at = (extension: string): string => join(this.#directory, `${name}.${extension}`);
    openssl(
      this.#directory,
      ...['req', ...EC, '-nodes', '-subj', `/CN=${commonName}`],
      ...['-keyout', at('key'), '-out', at('csr')],
    );
    const extensions = names === undefined ? '' : `subjectAltName=${names}\n`;
    writeFileSync(at('ext'), `${extensions}extendedKeyUsage=serverAuth,clientAuth\n`);
    openssl(
      this.#directory,
      ...['x509', '-req', '-in', at('csr'), '-CA', 'ca.crt', '-CAkey', 'ca.key'],
      ...['-CAcreateserial', '-days', String(days), '-extfile', at('ext'), '-out', at('crt')],
    );
    const cert = readFileSync(at('crt'), 'utf8');
    const key = readFileSync(at('key'), 'utf8');
    writeFileSync(at('pem'), key + cert);
    return { certPath: at('crt'), keyPath: at('key'), cert, key, bothPath: at('pem') };
  }

  /** A key in PEM, encrypted. @returns its path */
  encrypt({ keyPath }: Certificate, passphrase: string): string {
    const path = `${keyPath}.encrypted`;
    openssl(
      this.#directory,
      ...['pkcs8', '-topk8', '-in', keyPath, '-passout', `pass:${passphrase}`, '-out', path],
    );
    return path;
  }
}

/** The name and the address that servers of tests have. */
export const LOOPBACK = 'DNS:localhost,IP:127.0.0.1';
