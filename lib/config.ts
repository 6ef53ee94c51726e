import { isUint8Array } from 'node:util/types';
import { checkBytes } from './arguments.js';
import { badArgument, type Call, shown } from './bad-arguments.js';

/** The node that holds the ensemble's configuration, whatever the chroot. From `ZOO_CONFIG_NODE`. */
export const CONFIG_NODE = '/zookeeper/config';

/**
 * Where the servers of an ensemble find one of their number.
 *
 * @example
 * ```ts
 * const { members } = parseConfig((await conn.config()).data);
 * const addresses: MemberAddress[] = members.flatMap((member) => member.furtherAddresses ?? []);
 * ```
 */
export interface MemberAddress {
  /** A name or an address; IPv6 without its brackets. */
  readonly host: string;
  /** Where followers connect to the leader. */
  readonly quorumPort: number;
  /** Where votes are cast. */
  readonly electionPort: number;
}

/**
 * A server of an ensemble, as the configuration has it.
 *
 * @example
 * ```ts
 * const { members } = parseConfig((await conn.config()).data);
 * const observers: Member[] = members.filter(({ role }) => role === 'observer');
 * ```
 */
export interface Member extends MemberAddress {
  /** Its number: what its `myid` says. */
  readonly id: number;
  /** Whether it votes. */
  readonly role: 'participant' | 'observer';
  /** Where it listens to clients; without it the server's own `zoo.cfg` says so. `0.0.0.0` is any address. */
  readonly clientHost?: string;
  readonly clientPort?: number;
  /** Its other addresses, where it has several. */
  readonly furtherAddresses?: readonly MemberAddress[];
}

/**
 * An ensemble's configuration.
 *
 * @example
 * ```ts
 * const { data } = await conn.config();
 * const config: EnsembleConfig = parseConfig(data);
 * console.log(config.version, config.members.length);
 * ```
 */
export interface EnsembleConfig {
  /** Rises with each change: what {@link Conn.reconfig} takes for `version`. 0 where there is no ensemble. */
  readonly version: bigint;
  /** By number. */
  readonly members: readonly Member[];
  /** All other lines: weights and groups of servers, by their names. */
  readonly other: Readonly<Record<string, string>>;
}

const call: Call = { op: 'parseConfig' };

/**
 * Takes the configuration of an ensemble apart, which {@link Conn.config} and {@link Conn.reconfig} give as the bytes that the
 * servers hold. A server that is none of an ensemble has an empty one.
 *
 * @throws ZooKeeperError op `parseConfig`, `ZBADARGUMENTS`, for what is no configuration
 *
 * @example
 * ```ts
 * const { version, members } = parseConfig((await conn.config()).data);
 * ```
 */
export function parseConfig(data: string | Uint8Array): EnsembleConfig {
  if (typeof data !== 'string' && !isUint8Array(data)) {
    throw badArgument(call, `data must be a string or a Uint8Array, not ${shown(data)}`);
  }
  const text =
    typeof data === 'string' ? data : Buffer.from(checkBytes(call, 'data', data)).toString('utf8');
  let version = 0n;
  const members: Member[] = [];
  const other: [string, string][] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    // No expression: on a line of blanks, which a server may send, one could take for ever.
    const equals = line.indexOf('=');
    const name = line.slice(0, Math.max(equals, 0)).trim();
    const value = line.slice(equals + 1).trim();
    if (name === '' || /\s/.test(name)) fail(line);
    const id = /^server\.(\d{1,10})$/.exec(name)?.[1];
    if (id !== undefined) members.push(parseMember(Number(id), value, line));
    else if (name === 'version') version = parseVersion(value, line);
    else other.push([name, value]);
  }
  return {
    version,
    members: members.sort((one, next) => one.id - next.id),
    other: Object.fromEntries(other),
  };
}

function fail(line: string): never {
  throw badArgument(call, `data: there is no configuration in ${JSON.stringify(line)}`);
}

/** Java writes it in hexadecimal. */
function parseVersion(value: string, line: string): bigint {
  return /^[0-9a-f]{1,16}$/i.test(value) ? BigInt(`0x${value}`) : fail(line);
}

/** `host:quorum:election|host:quorum:election:role;host:client`; the role and the client's part may be missing. */
function parseMember(id: number, value: string, line: string): Member {
  const [quorum = '', client, ...rest] = value.split(';');
  if (rest.length > 0) fail(line);
  let role: Member['role'] = 'participant';
  const addresses = quorum.split('|').map((address) => {
    const [, bracketed, plain, quorumPort, electionPort, written] =
      /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5}):(\d{1,5})(?::(participant|observer))?$/i.exec(address) ??
      fail(line);
    if (written !== undefined) role = written.toLowerCase() as Member['role'];
    return {
      host: (bracketed ?? plain) as string,
      quorumPort: Number(quorumPort),
      electionPort: Number(electionPort),
    };
  });
  const [first, ...furtherAddresses] = addresses as [MemberAddress, ...MemberAddress[]];
  return {
    id,
    ...first,
    role,
    ...(client === undefined ? {} : parseClientAddress(client, line)),
    ...(furtherAddresses.length === 0 ? {} : { furtherAddresses }),
  };
}

/** `host:port`, or the port alone. */
function parseClientAddress(
  client: string,
  line: string,
): { clientHost: string; clientPort: number } {
  const [, bracketed, plain, port] =
    /^(?:(?:\[([^\]]+)\]|([^:]+)):)?(\d{1,5})$/.exec(client) ?? fail(line);
  return { clientHost: bracketed ?? plain ?? '0.0.0.0', clientPort: Number(port) };
}
