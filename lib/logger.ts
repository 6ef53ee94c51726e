import { badArgument, type Call, shown } from './bad-arguments.js';
import { LogLevel } from './constants.js';
import { addon } from './native.js';

/** Takes log lines: the console, pino, or any object that has these four. */
export interface Logger {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
}

type Level = keyof Logger;

const levels: ReadonlyMap<string, Level> = new Map([
  ['ZOO_ERROR', 'error'],
  ['ZOO_WARN', 'warn'],
  ['ZOO_INFO', 'info'],
  ['ZOO_DEBUG', 'debug'],
]);

/** `2026-11-22 18:03:12,345:4711(0x7f…):ZOO_INFO@check_events@2934: the message` */
const format = /^[^@]*?:(ZOO_(?:ERROR|WARN|INFO|DEBUG))@\w+@\d+: ([\s\S]*)$/;

/** A line of the C client's log, taken apart. */
export interface LogLine {
  readonly level: Level;
  readonly message: string;
}

/** Takes a line of the C client's log apart. */
export function parseLogLine(line: string): LogLine {
  const [, level = '', message = line] = format.exec(line) ?? [];
  return { level: levels.get(level) ?? 'info', message: message.trimEnd() };
}

/** Where lines go that belong to a connection without a logger: to stderr, as the C client writes them. */
export function writeToStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}

/**
 * Validates a logger.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the method which is missing
 */
export function checkLogger(call: Call, logger: unknown): Logger | undefined {
  if (logger === undefined) return undefined;
  if (typeof logger !== 'object' || logger === null) {
    throw badArgument(call, `logger must be an object, not ${shown(logger)}`);
  }
  for (const level of levels.values()) {
    if (typeof (logger as Record<string, unknown>)[level] !== 'function') {
      throw badArgument(call, `logger must have a method ${level}`);
    }
  }
  return logger as Logger;
}

/**
 * Sets how much the C client logs, for all connections of the process, workers' included; nothing at the start. Lines go to
 * their connection's `logger`, or to stderr. gozk's `SetLogLevel`; from `zoo_set_debug_level`.
 *
 * @param level - one of {@link LogLevel}
 * @throws ZooKeeperError `ZBADARGUMENTS` when it is none
 */
export function setLogLevel(level: LogLevel): void {
  if (!Object.values(LogLevel).includes(level)) {
    throw badArgument({ op: 'setLogLevel' }, `level must be one of LogLevel, not ${shown(level)}`);
  }
  addon.setLogLevel(level);
}
