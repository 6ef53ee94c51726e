import { badArgument, type Call, shown } from './bad-arguments.js';

/**
 * How an ensemble's configuration is to change: by servers that join or leave; or to a list of all its `members`.
 *
 * A server that joins, or is a member, is written as in a configuration:
 * `server.4=127.0.0.1:2888:3888:participant;127.0.0.1:2181`. One that is there already and joins again is changed: its
 * addresses, or its role. One that leaves is named by its number.
 *
 * @example
 * ```ts
 * const change: ReconfigChange = { leaving: 3 };
 * const { data } = await conn.reconfig(change);
 * ```
 */
export interface ReconfigChange {
  /** Servers to add or to change, as an array, or a string with commas. */
  readonly joining?: string | readonly string[] | undefined;
  /** The numbers of servers to remove. */
  readonly leaving?: string | number | readonly (string | number)[] | undefined;
  /** All servers that there are to be; not together with the other two. */
  readonly members?: string | readonly string[] | undefined;
  /** The version that the configuration must have, from {@link parseConfig}; -1, or nothing, for any. */
  readonly version?: bigint | number | undefined;
}

/** A change that was validated, as `zoo_areconfig` takes it: lists with commas, empty where there is none. */
export interface CheckedReconfig {
  readonly joining: string;
  readonly leaving: string;
  readonly members: string;
  readonly version: bigint;
}

const SERVER = /^server\.\d{1,10}=[!-+\--~]+$/;
const SERVER_WORDS = 'like server.1=127.0.0.1:2888:3888:participant;127.0.0.1:2181';
const NUMBER = /^(?:server\.)?(\d{1,10})$/;

const LARGEST_VERSION = 2n ** 63n - 1n;

/**
 * Validates a change.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the argument
 */
export function checkReconfig(call: Call, given: unknown): CheckedReconfig {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw badArgument(
      call,
      `the change must be an object with joining, leaving or members, not ${shown(given)}`,
    );
  }
  const change = given as Readonly<Record<string, unknown>>;
  const joining = checkList(call, 'joining', change['joining'], (entry) =>
    SERVER.test(entry) ? entry : undefined,
  );
  const leaving = checkList(call, 'leaving', change['leaving'], (entry) => NUMBER.exec(entry)?.[1]);
  const members = checkList(call, 'members', change['members'], (entry) =>
    SERVER.test(entry) ? entry : undefined,
  );
  if (members !== '' && (joining !== '' || leaving !== '')) {
    throw badArgument(call, 'members names all servers: it does not go with joining or leaving');
  }
  if (members === '' && joining === '' && leaving === '') {
    throw badArgument(call, 'one of joining, leaving and members must be given');
  }
  return { joining, leaving, members, version: checkConfigVersion(call, change['version']) };
}

/** @param read - what is sent for an entry; undefined for one that makes no sense */
function checkList(
  call: Call,
  name: 'joining' | 'leaving' | 'members',
  given: unknown,
  read: (entry: string) => string | undefined,
): string {
  if (given === undefined) return '';
  const list: readonly unknown[] = Array.isArray(given)
    ? given
    : typeof given === 'string'
      ? given.split(',')
      : [given];
  if (list.length === 0) throw badArgument(call, `${name} must not be an empty array`);
  return list
    .map((entry) => {
      const isNumber = name === 'leaving' && typeof entry === 'number';
      if (typeof entry !== 'string' && !isNumber) {
        throw badArgument(call, `${name} must be a string or an array, not of ${shown(entry)}`);
      }
      const text = String(entry).trim();
      const checked = read(text);
      if (checked !== undefined) return checked;
      const wanted = name === 'leaving' ? 'a number of a server' : `a server, ${SERVER_WORDS}`;
      throw badArgument(call, `${name}: ${JSON.stringify(text)} is not ${wanted}`);
    })
    .join(',');
}

function checkConfigVersion(call: Call, version: unknown): bigint {
  if (version === undefined) return -1n;
  const isInteger =
    typeof version === 'bigint' || (typeof version === 'number' && Number.isSafeInteger(version));
  const number = isInteger ? BigInt(version) : -2n;
  if (number < -1n || number > LARGEST_VERSION) {
    throw badArgument(
      call,
      `version must be an integer from -1 to ${LARGEST_VERSION}, not ${shown(version)}`,
    );
  }
  return number;
}
