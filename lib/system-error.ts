import { errnoName } from './errno.js';
import { addon } from './native.js';

/** An error of the operating system, in the shape that Node.js gives them. */
export interface SystemError extends Error {
  code: string;
  errno: number;
  syscall: string;
  hostname?: string;
}

/** Why `zookeeper_init` failed. */
export interface OpenFailure {
  /** errno, or 0 */
  readonly systemError: number;
  /** a code of `getaddrinfo`, or 0 */
  readonly resolverError: number;
}

/**
 * The system's part of a failed `zookeeper_init`: a host that does not resolve, or a limit that was reached.
 *
 * @param host - the first host of the list
 */
export function openError(result: OpenFailure, host: string): SystemError {
  if (result.resolverError !== 0) {
    const code = addon.resolverErrorName(result.resolverError);
    return Object.assign(new Error(`getaddrinfo ${code} ${host}`), {
      code,
      errno: result.resolverError,
      syscall: 'getaddrinfo',
      hostname: host,
    });
  }
  const message = addon.systemErrorMessage(result.systemError);
  return Object.assign(new Error(`zookeeper_init: ${message}`), {
    code: errnoName(result.systemError),
    errno: -result.systemError,
    syscall: 'zookeeper_init',
  });
}
