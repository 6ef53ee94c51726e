import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate for 127.0.0.1 that vouches for itself. */
export interface CertificatePaths {
  /** Key and certificate in one file, as ZooKeeper's servers want them. */
  readonly both: string;
  /** What clients trust. */
  readonly ca: string;
}

/** Makes one with the openssl command, in this directory. */
export function makeCertificate(directory: string): CertificatePaths {
  const [key, ca, both] = [
    join(directory, 'key.pem'),
    join(directory, 'ca.pem'),
    join(directory, 'both.pem'),
  ];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-subj', '/CN=bench', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'],
      ...['-keyout', key, '-out', ca],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  writeFileSync(both, readFileSync(key, 'utf8') + readFileSync(ca, 'utf8'), { mode: 0o600 });
  return { both, ca };
}
