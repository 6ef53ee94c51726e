import { format, inspect } from 'node:util';
import { LogLevel, setLogLevel } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { asFormat, checkLogger, parseLogLine } from '../../dist/logger.js';

const HEAD = '2026-11-22 18:03:12,345:4711(0x7f12ab34cd56)';

describe("a line of the C client's log", () => {
  it.each([
    [
      `${HEAD}:ZOO_ERROR@handle_socket_error_msg@1723: Socket [127.0.0.1:1]`,
      'error',
      'Socket [127.0.0.1:1]',
    ],
    [
      `${HEAD}:ZOO_WARN@zookeeper_interest@2451: Delaying connection`,
      'warn',
      'Delaying connection',
    ],
    [`${HEAD}:ZOO_INFO@check_events@2934: initiated connection`, 'info', 'initiated connection'],
    [`${HEAD}:ZOO_DEBUG@zookeeper_process@3256: Got ping`, 'debug', 'Got ping'],
    [
      `${HEAD}:ZOO_INFO@log_env@1250: Client environment:user.name=a@b: c`,
      'info',
      'Client environment:user.name=a@b: c',
    ],
    [`${HEAD}:ZOO_INFO@f@1: several\nlines \n`, 'info', 'several\nlines'],
    [`${HEAD}:ZOO_INFO@f@1: `, 'info', ''],
    [`${HEAD}:ZOO_INFO@f@1: path /ä ZOO_ERROR@f@2: x`, 'info', 'path /ä ZOO_ERROR@f@2: x'],
  ])('is taken apart: %s', (line, level, message) => {
    expect(parseLogLine(line)).toEqual({ level, message });
  });

  it.each(['', 'anything', `${HEAD}:ZOO_FATAL@f@1: x`, 'ZOO_INFO@f: x'])(
    'is taken whole when it is of another kind: %j',
    (line) => {
      expect(parseLogLine(line)).toEqual({ level: 'info', message: line });
    },
  );
});

describe('a message', () => {
  it.each([
    'plain',
    '100% sure',
    '100%',
    'path [/providers/dubbo%3A%2F%2F10.0.0.1]',
    'path [/%d0%bf%c3%bc%s%o%O%j%i%f]',
    '%%d and %%',
    '%',
  ])('comes out of the formatters of console and pino as it was: %s', (message) => {
    const details = { time: new Date(0) };
    expect(format(asFormat(message), details)).toBe(`${message} ${inspect(details)}`);
  });

  it('is left alone where there is nothing that a formatter would take', () => {
    expect(asFormat('sent 50% of /a%20b, 7 %')).toBe('sent 50% of /a%20b, 7 %');
  });
});

describe('a logger', () => {
  const complete = { error() {}, warn() {}, info() {}, debug() {} };

  it('is any object with the four methods, its own or inherited', () => {
    expect(checkLogger({ op: 'dial' }, complete)).toBe(complete);
    expect(checkLogger({ op: 'dial' }, Object.create(complete))).toBeDefined();
    expect(checkLogger({ op: 'dial' }, console)).toBe(console);
    expect(checkLogger({ op: 'dial' }, undefined)).toBeUndefined();
  });

  it.each(['error', 'warn', 'info', 'debug'])('is refused without %s', (method) => {
    expect(() => checkLogger({ op: 'dial' }, { ...complete, [method]: undefined })).toThrow(
      `zookeeper: dial: bad arguments: logger must have a method ${method}`,
    );
  });

  it.each([null, 5, 'console', Symbol('x'), true])('is refused when it is %s', (logger) => {
    expect(() => checkLogger({ op: 'dial' }, logger)).toThrow(/logger must be an object/);
  });
});

describe('setLogLevel', () => {
  it.each(Object.entries(LogLevel))('takes %s', (_name, level) => {
    expect(setLogLevel(level)).toBeUndefined();
    setLogLevel(LogLevel.OFF);
  });
});
