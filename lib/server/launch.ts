import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { MAIN_CLASS, marker } from './process-table.js';
import { LOG, type ServerSettings, ZOO_CFG } from './run-directory.js';

/** For a start in under a second, and 60 MB. */
const FLAGS = [
  '-Xmx128m',
  '-Xss512k',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-XX:-UsePerfData',
];

/** Where and how much Debian's log goes to the log file; IPv4, since it listens on 127.0.0.1. */
const PROPERTIES: Readonly<Record<string, string>> = {
  'java.net.preferIPv4Stack': 'true',
  'org.slf4j.simpleLogger.defaultLogLevel': 'info',
  'org.slf4j.simpleLogger.showDateTime': 'true',
  'org.slf4j.simpleLogger.dateTimeFormat': 'yyyy-MM-dd HH:mm:ss.SSS',
};

/** How the server ended. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A server that was launched by this process. */
export interface Launched {
  child: ChildProcess;
  pid: number;
  /** Settles when the process has ended, and never rejects. */
  exit: Promise<Exit>;
  /** The size of the log before: what comes after it is this server's. */
  logStart: number;
}

/**
 * Runs a server, in a session of its own and with its output in the log file, so that it depends
 * on this process in nothing. It runs in the run directory, and finds its files from there.
 *
 * The child is referenced: it keeps this process alive until `child.unref()`.
 */
export async function launch(
  java: string,
  classPath: readonly string[],
  settings: ServerSettings,
  runDir: string,
): Promise<Launched> {
  const properties = { ...PROPERTIES, ...settings.jvmProperties };
  const args = [
    ...FLAGS,
    ...settings.jvmFlags,
    ...Object.entries(properties).map(([name, value]) => `-D${name}=${value}`),
    '-cp',
    classPath.join(delimiter),
    marker(runDir),
    MAIN_CLASS,
    `./${ZOO_CFG}`,
  ];
  const log = openSync(join(runDir, LOG), 'a');
  try {
    const logStart = fstatSync(log).size;
    const child = spawn(java, args, {
      cwd: runDir,
      detached: true,
      // The locale is how Java decodes paths: in the plain "C" one only ASCII ones work.
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      stdio: ['ignore', log, log],
    });
    const exit = new Promise<Exit>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    if (child.pid === undefined) {
      const cause = await new Promise<Error>((resolve) => child.once('error', resolve));
      throw new Error(`cannot run ${java}: ${cause.message}`, { cause });
    }
    return { child, pid: child.pid, exit, logStart };
  } finally {
    closeSync(log);
  }
}

/** The last lines that a server wrote, for an error message. */
export async function logTail(runDir: string, logStart: number): Promise<string> {
  const path = join(runDir, LOG);
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return `there is no log in ${path}`;
  try {
    const { size } = await file.stat();
    const from = Math.max(logStart, size - 4096);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, from);
    const lines = buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n').slice(-15);
    return `the end of its log, ${path}:\n${lines.join('\n') || '(empty)'}`;
  } finally {
    await file.close();
  }
}
