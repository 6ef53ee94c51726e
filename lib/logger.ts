import { badArgument, type Call, shown } from './bad-arguments.js';
import { LogLevel } from './constants.js';
import { addon } from './native.js';

/**
 * What a log line comes with.
 *
 * @example
 * ```ts
 * const line = (message: string, { time }: LogDetails) => console.log(time.toISOString(), message);
 * const conn = dial('127.0.0.1:2181', { logger: { error: line, warn: line, info: line, debug: line } });
 * ```
 */
export interface LogDetails {
  /** When it was said, on whichever thread that was; it may reach the logger later, when the event loop turns. */
  readonly time: Date;
}

/**
 * Takes log lines: the console, pino, or any object that has these four. The method is the line's level; the message is its
 * text alone. Called on the JavaScript thread; the C client's threads never wait for it.
 *
 * The console shows the details behind the message. pino, which has a time of its own, leaves them out. For both the message is
 * a format, as that of `util.format`, since there is an argument behind it: where it holds what would be a placeholder (`%d`),
 * the percent sign is doubled.
 *
 * @example
 * ```ts
 * const logger: Logger = console;
 * const conn = dial('127.0.0.1:2181', { logger });
 * ```
 */
export interface Logger {
  error(message: string, details: LogDetails): void;
  warn(message: string, details: LogDetails): void;
  info(message: string, details: LogDetails): void;
  debug(message: string, details: LogDetails): void;
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

/** A message that a formatter leaves as it is: what it would take for a placeholder has its percent sign doubled. */
export function asFormat(message: string): string {
  return message.replace(/%(?=[sdifjoOc%])/g, '%%');
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
 *
 * @example
 * ```ts
 * setLogLevel(LogLevel.DEBUG);
 * const conn = dial('127.0.0.1:2181', { logger: console });
 * ```
 */
export function setLogLevel(level: LogLevel): void {
  if (!Object.values(LogLevel).includes(level)) {
    throw badArgument({ op: 'setLogLevel' }, `level must be one of LogLevel, not ${shown(level)}`);
  }
  addon.setLogLevel(level);
}
