import { readFileSync, statSync } from 'node:fs';
import { isUint8Array } from 'node:util/types';
import { checkBytes } from './arguments.js';
import { badArgument, type Call, shown } from './bad-arguments.js';

/**
 * A file in PEM: its path, or what it holds. A string that holds `-----BEGIN` is no path, and bytes never are.
 *
 * @example
 * ```ts
 * const ca: Pem = '/etc/ssl/zookeeper-ca.pem';
 * const conn = dial('127.0.0.1:2281', { tls: { ca } });
 * ```
 */
export type Pem = string | Uint8Array;

/** No certificate, key or bundle of CAs comes near. */
const MOST_BYTES = 4 * 1024 * 1024;

const BEGIN = '-----BEGIN ';

/** Why the system could not read a file: `ENOENT: no such file or directory`, without the path. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/, \w+(?: '.*')?$/s, '') : String(error);
}

/**
 * Reads a file. What was taken for a path may be a secret that was pasted without its first line, so that neither the
 * message nor the cause shows it.
 */
function readPem(call: Call, name: string, path: string): string {
  if (path === '' || path.includes('\0')) {
    throw badArgument(call, `${name} must be a path, or what such a file holds in PEM`);
  }
  let size: number;
  let content: string;
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new Error('it is no file');
    size = stats.size;
    content = size > MOST_BYTES ? '' : readFileSync(path, 'latin1');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const cause = Object.assign(new Error(reasonOf(error)), code === undefined ? {} : { code });
    throw badArgument(
      call,
      `${name} is neither PEM nor a file that can be read: ${cause.message}`,
      cause,
    );
  }
  if (size > MOST_BYTES) {
    throw badArgument(call, `${name}: the file has ${size} bytes; ${MOST_BYTES} are the most`);
  }
  if (!content.includes(BEGIN)) throw badArgument(call, `${name}: the file is not PEM`);
  return content;
}

/**
 * Gives what a PEM option holds.
 *
 * @param name - the option: `'tls.ca'`
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the option, and why its file cannot be read
 */
export function checkPem(call: Call, name: string, value: unknown): string {
  if (typeof value === 'string') {
    return value.includes(BEGIN) ? value : readPem(call, name, value);
  }
  if (!isUint8Array(value)) {
    throw badArgument(call, `${name} must be a path or PEM, not ${shown(value)}`);
  }
  const bytes = checkBytes(call, name, value);
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  if (!content.includes(BEGIN)) throw badArgument(call, `${name} is not PEM`);
  return content;
}
