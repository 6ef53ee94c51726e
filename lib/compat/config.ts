import { LogLevel } from '../constants.js';
import { checkDialOptions, type DialSettings } from '../dial-options.js';
import { parseNewServers } from '../servers.js';
import { toInt32, toText } from './arguments.js';
import { readIdentity } from './identity.js';
import type { ZooKeeperConfig } from './types.js';

const DEFAULT_TIMEOUT = 20_000;

/** What a session is opened with. */
export interface SessionSettings {
  readonly dial: DialSettings;
  /** The level of the C client's log; undefined leaves it as it is. */
  readonly logLevel: LogLevel | undefined;
  /** Whether functions that watch nodes hear of the connection, too. */
  readonly sessionEventsToWatchers: boolean;
}

/** What a constructor was given, as an object: a string is the servers. */
export function asConfig(config: unknown): object | null | undefined {
  return typeof config === 'string' ? { connect: config } : (config as object | null | undefined);
}

/** The configuration in force: what the constructor was given goes before what `init` was. */
export function mergedConfig(ofInit: unknown, ofConstructor: unknown): ZooKeeperConfig {
  return { ...asConfig(ofInit), ...asConfig(ofConstructor) };
}

function readLogLevel(level: unknown): LogLevel | undefined {
  if (level === undefined) return undefined;
  const number = toInt32('debug_level', level);
  return Math.min(Math.max(number, LogLevel.OFF), LogLevel.DEBUG) as LogLevel;
}

/**
 * Reads a configuration.
 *
 * @throws Error for a session to resume that makes no sense
 * @throws ZooKeeperError `ZBADARGUMENTS` for servers or a timeout that make none, where the original says nothing, and never
 * connects
 */
export function readConfig(config: ZooKeeperConfig): SessionSettings {
  const clientId = readIdentity(config);
  const dial = checkDialOptions(toText(config.connect), {
    sessionTimeout: toInt32('timeout', config.timeout) || DEFAULT_TIMEOUT,
    randomizeServers: !config.host_order_deterministic,
    clientId,
  });
  return {
    dial,
    logLevel: readLogLevel(config.debug_level),
    sessionEventsToWatchers: config.session_events_to_watchers === true,
  };
}

/** Servers to move to: a list of hosts, without a chroot; undefined for what is none. */
export function readServers(servers: unknown): readonly string[] | undefined {
  try {
    return parseNewServers({ op: 'set_servers' }, toText(servers));
  } catch {
    return undefined;
  }
}
