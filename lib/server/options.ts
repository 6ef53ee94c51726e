import { delimiter } from 'node:path';

/**
 * A value of a setting in `zoo.cfg`, or of a JVM property.
 *
 * @example
 * ```ts
 * const zooCfg: Record<string, ServerSetting> = { tickTime: 500, extendedTypesEnabled: true };
 * const server = await Server.create({ port: 0, runDir: '/tmp/zookeeper', zooCfg });
 * ```
 */
export type ServerSetting = string | number | boolean;

/**
 * How a server is set up: see {@link Server.create}.
 *
 * @example
 * ```ts
 * const options: ServerOptions = { port: 0, runDir: '/tmp/zookeeper', zooCfg: { tickTime: 500 } };
 * const server = await Server.create(options);
 * ```
 */
export interface ServerOptions {
  /**
   * The TCP port that the server listens on, on 127.0.0.1 only. 0 picks a free one, once, when the
   * server is created: `server.address` names it from then on.
   */
  port: number;
  /**
   * The directory of this server: its configuration, its data, its log, its process id. It is made
   * if it does not exist (so are its parents), and must be empty if it does.
   */
  runDir: string;
  /**
   * A ZooKeeper to run: an unpacked release, or any directory with its jars (in itself or in
   * `lib`). Without it, the one of the Debian or Ubuntu package `libzookeeper-java`.
   */
  zkDir?: string;
  /**
   * Further settings for `zoo.cfg`, by their names in ZooKeeper's documentation. They win over the
   * defaults: `tickTime` 2000, `maxClientCnxns` 500, `dataDir` `./data` (a relative path is
   * relative to `runDir`), `admin.enableServer` false, `4lw.commands.whitelist` `srvr,ruok`
   * (`srvr` is added to a list without it, since `start` asks it). What makes the server listen
   * on loopback only (`clientPort`, `clientPortAddress`, `secureClientPortAddress`) is refused.
   */
  zooCfg?: Readonly<Record<string, ServerSetting>>;
  /** Java system properties, without the `-D`. They win over the defaults, which set up the log. */
  jvmProperties?: Readonly<Record<string, ServerSetting>>;
  /**
   * Further flags for the JVM, after the defaults (of two contradictory ones the JVM takes the
   * last): `-Xmx128m -Xss512k -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData`, which
   * start quickly and stay small.
   */
  jvmFlags?: readonly string[];
  /** Makes the server a member of an ensemble. {@link Ensemble} does this for all of its servers. */
  member?: ServerMember;
}

/**
 * What makes a server a member of an ensemble with dynamic reconfiguration: see {@link ServerOptions.member}.
 *
 * @example
 * ```ts
 * const member: ServerMember = {
 *   id: 1,
 *   ensemble: ['server.1=127.0.0.1:2888:3888:participant;127.0.0.1:2181'],
 * };
 * ```
 */
export interface ServerMember {
  /** Its number in the ensemble, 1 to 255: what it finds in the file `myid` of its `dataDir`. */
  id: number;
  /**
   * The ensemble as this server is to know it at its first start, itself included, an entry a server:
   * `server.1=127.0.0.1:2888:3888:participant;127.0.0.1:2181`. What it finds in `zoo.cfg.dynamic`.
   */
  ensemble: readonly string[];
}

/**
 * Options of {@link Server.start}.
 *
 * @example
 * ```ts
 * const options: StartOptions = { timeout: 20_000 };
 * await server.start(options);
 * ```
 */
export interface StartOptions {
  /** How long the server may take until it answers, in ms; 60 000 without it. */
  timeout?: number;
}

/** The options of {@link Server.create} after validation: nothing is optional or of another type. */
export interface CheckedOptions {
  port: number;
  runDir: string;
  zkDir: string | null;
  zooCfg: Record<string, string>;
  jvmProperties: Record<string, string>;
  jvmFlags: string[];
  member: ServerMember | null;
}

/** The settings that keep the server on loopback, and where `port` says it is. */
const RESERVED = new Set(['clientPort', 'clientPortAddress', 'secureClientPortAddress']);

const MAX_TIMEOUT = 2 ** 31 - 1;

/**
 * Validates the options of {@link Server.create}.
 *
 * @throws TypeError or RangeError, naming the option
 */
export function checkOptions(options: unknown): CheckedOptions {
  const given = checkRecord(options, 'options');
  return {
    port: checkPort(given.port, 'port'),
    runDir: checkPath(given.runDir, 'runDir'),
    zkDir: given.zkDir === undefined ? null : checkZkDir(given.zkDir),
    zooCfg: checkSettings(given.zooCfg, 'zooCfg', checkZooCfgEntry),
    jvmProperties: checkSettings(given.jvmProperties, 'jvmProperties', checkJvmProperty),
    jvmFlags: checkFlags(given.jvmFlags, 'jvmFlags'),
    member: given.member === undefined ? null : checkMember(given.member),
  };
}

/** A path: a string that is not empty and has no NUL. */
export function checkPath(value: unknown, name: string): string {
  const path = checkString(value, name);
  if (path === '') throw new RangeError(`${name} must not be empty`);
  return path;
}

/** A port, with 0 for any. */
export function checkPort(value: unknown, name: string): number {
  return checkInteger(value, name, 0, 65535);
}

/** A duration in ms that a Node.js timer can hold. */
export function checkTimeout(value: unknown, name: string): number {
  checkNumber(value, name);
  if (!(value > 0 && value <= MAX_TIMEOUT)) {
    throw new RangeError(`${name} must be between 1 and ${MAX_TIMEOUT} ms, not ${value}`);
  }
  return value;
}

/** An object that is not an array or a function, as a record of unknown values. */
export function checkRecord(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${name} must be an object, not ${kind(value)}`);
  }
  return value as Record<string, unknown>;
}

/** Names and values, each checked by `checkEntry`, the values as strings. */
export function checkSettings(
  value: unknown,
  name: string,
  checkEntry: (key: string, value: string, name: string) => void,
): Record<string, string> {
  if (value === undefined) return {};
  const entries = Object.entries(checkRecord(value, name)).map(([key, setting]) => {
    const text = checkSetting(setting, `${name}[${JSON.stringify(key)}]`);
    checkEntry(key, text, name);
    return [key, text] as const;
  });
  return Object.fromEntries(entries);
}

/** The name of a JVM property: whatever can stand between `-D` and `=`. */
export function checkJvmProperty(key: string, _value: string, name: string): void {
  if (!/^[^\s=\0]+$/.test(key)) {
    throw new RangeError(`${name}: ${JSON.stringify(key)} is no name of a JVM property`);
  }
}

/** Flags of the JVM. One without a dash would be taken for the class to run. */
export function checkFlags(value: unknown, name: string): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new TypeError(`${name} must be an array, not ${kind(value)}`);
  return value.map((item: unknown, index) => {
    const flag = checkString(item, `${name}[${index}]`);
    if (!flag.startsWith('-')) {
      throw new RangeError(
        `${name}[${index}] must start with a dash, not be ${JSON.stringify(flag)}`,
      );
    }
    return flag;
  });
}

/** An integer of a range. */
export function checkInteger(value: unknown, name: string, least: number, most: number): number {
  checkNumber(value, name);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} must be an integer between ${least} and ${most}, not ${value}`);
  }
  return value;
}

/** What a server keeps in `myid`. */
const LARGEST_ID = 255;

function checkMember(value: unknown): ServerMember {
  const { id, ensemble } = checkRecord(value, 'member');
  if (!Array.isArray(ensemble)) {
    throw new TypeError(`member.ensemble must be an array, not ${kind(ensemble)}`);
  }
  return {
    id: checkInteger(id, 'member.id', 1, LARGEST_ID),
    ensemble: ensemble.map((entry: unknown, index) => {
      const name = `member.ensemble[${index}]`;
      const text = checkString(entry, name);
      if (!/^server\.\d+=[!-~]+$/.test(text)) {
        throw new RangeError(
          `${name} must be like server.1=127.0.0.1:2888:3888:participant;127.0.0.1:2181, ` +
            `not ${JSON.stringify(text)}`,
        );
      }
      return text;
    }),
  };
}

function checkZkDir(value: unknown): string {
  const path = checkPath(value, 'zkDir');
  if (path.includes(delimiter)) {
    // The jars become a class path, which has no way to quote its separator.
    throw new RangeError(`zkDir must not contain "${delimiter}": ${JSON.stringify(path)}`);
  }
  return path;
}

/**
 * A line of `zoo.cfg`. The file is a line to a setting, so a line break in a value would be a
 * setting more.
 */
function checkZooCfgEntry(key: string, value: string, name: string): void {
  if (!/^[\w.-]+$/.test(key)) {
    throw new RangeError(`${name}: ${JSON.stringify(key)} is no name of a setting in zoo.cfg`);
  }
  if (RESERVED.has(key)) {
    throw new RangeError(
      `${name}.${key} cannot be set: the server listens on 127.0.0.1 only, at the option "port"`,
    );
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get through
  if (/[\x00-\x1f\x7f]/.test(value)) {
    throw new RangeError(`${name}[${JSON.stringify(key)}] must not contain control characters`);
  }
}

function checkSetting(value: unknown, name: string): string {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${name} must be finite, not ${value}`);
    return String(value);
  }
  if (typeof value !== 'string') {
    throw new TypeError(`${name} must be a string, a number or a boolean, not ${kind(value)}`);
  }
  return checkString(value, name);
}

function checkNumber(value: unknown, name: string): asserts value is number {
  if (typeof value !== 'number') {
    throw new TypeError(`${name} must be a number, not ${kind(value)}`);
  }
}

function checkString(value: unknown, name: string): string {
  if (typeof value !== 'string') {
    throw new TypeError(`${name} must be a string, not ${kind(value)}`);
  }
  if (value.includes('\0')) throw new RangeError(`${name} must not contain NUL`);
  // UTF-8 cannot express it: the file would have another name.
  if (!value.isWellFormed()) throw new RangeError(`${name} must not contain a lone surrogate`);
  return value;
}

function kind(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : typeof value;
}
