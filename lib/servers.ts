import { randomInt } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { badArgument, type Call, shown } from './bad-arguments.js';
import { checkChroot } from './path.js';

/** A connect string, taken apart. */
export interface ServerList {
  /** `host:port`, as the C client reads it: an IPv6 address without its brackets. */
  readonly hosts: readonly string[];
  /** `/app`, or empty. */
  readonly chroot: string;
}

function parsePort(call: Call, server: string, port: string): number {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > 65535) {
    throw badArgument(call, `servers: ${JSON.stringify(server)} needs a port from 1 to 65535`);
  }
  return number;
}

/** One server. The C client takes what is behind the last colon for the port, and all ahead of it for the host. */
function parseServer(call: Call, server: string): string {
  const colon = server.lastIndexOf(':');
  if (server === '') throw badArgument(call, 'servers: there is an empty entry in the list');
  if (colon < 0 || (isIPv6(server) && !server.startsWith('['))) {
    throw badArgument(call, `servers: no port in ${JSON.stringify(server)}`);
  }
  const port = parsePort(call, server, server.slice(colon + 1));
  const written = server.slice(0, colon);
  const bracketed = /^\[(.*)\]$/.exec(written)?.[1];
  const host = bracketed ?? written;
  if (bracketed !== undefined && !isIPv6(bracketed)) {
    throw badArgument(
      call,
      `servers: ${JSON.stringify(server)} has no IPv6 address in its brackets`,
    );
  }
  // Whatever else a host's name may hold is for the resolver to say; these would be taken for something else.
  if (host === '' || /[\s/,@[\]]/.test(host) || (host.includes(':') && !isIPv6(host))) {
    throw badArgument(call, `servers: ${JSON.stringify(server)} has no valid host`);
  }
  return `${host}:${port}`;
}

/**
 * Validates a connect string, `host:port,host:port/chroot`, or an array of its parts, and takes it apart. Blanks around an
 * entry do no harm; IPv6 addresses stand in brackets.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS`, that says which entry is wrong
 */
export function parseServers(servers: unknown, call: Call = { op: 'dial' }): ServerList {
  const isList = Array.isArray(servers);
  if (!isList && typeof servers !== 'string') {
    throw badArgument(
      call,
      `servers must be a string or an array of strings, not ${shown(servers)}`,
    );
  }
  for (const part of isList ? servers : []) {
    if (typeof part !== 'string') {
      throw badArgument(call, `servers must hold strings only, not ${shown(part)}`);
    }
  }
  const text = (isList ? servers.join(',') : (servers as string)).trim();
  if (text === '') throw badArgument(call, 'servers must not be empty');
  if (text.includes('\0')) throw badArgument(call, 'servers must not hold a NUL character');
  if (!text.isWellFormed()) throw badArgument(call, 'servers must not hold a lone surrogate');

  const slash = text.indexOf('/');
  const chroot = slash < 0 ? '' : text.slice(slash);
  if (chroot.includes(',')) {
    throw badArgument(call, 'servers: a chroot may only stand behind the last server');
  }
  if (chroot !== '') checkChroot(call, chroot);
  const hosts = (slash < 0 ? text : text.slice(0, slash))
    .split(',')
    .map((host) => parseServer(call, host.trim()));
  return { hosts, chroot: chroot === '/' ? '' : chroot };
}

/** Fisher and Yates's. */
function shuffled<T>(items: readonly T[]): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

/** Hosts in the order in which they are to be tried. */
export function ordered(hosts: readonly string[], isRandom: boolean): readonly string[] {
  return isRandom ? shuffled(hosts) : hosts;
}

/** The name in `host:port`. */
export function hostOf(server: string): string {
  return server.replace(/:\d+$/, '');
}

/**
 * Validates the servers that a connection is to use from now on. Its chroot is not theirs to change.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS`, that says which entry is wrong
 */
export function parseNewServers(call: Call, servers: unknown): readonly string[] {
  const { hosts } = parseServers(servers, call);
  if (String(servers).includes('/')) {
    throw badArgument(call, 'servers must not have a chroot: the connection keeps its own');
  }
  return hosts;
}
