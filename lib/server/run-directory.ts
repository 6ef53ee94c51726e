import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type CheckedOptions,
  checkFlags,
  checkJvmProperty,
  checkPath,
  checkPort,
  checkRecord,
  checkSettings,
} from './options.js';
import { formatZooCfg } from './zoo-cfg.js';

/**
 * What the server is started with, beside `zoo.cfg`: the contents of `server.json`.
 *
 * The port is here and not read back from `zoo.cfg`, since a server of an ensemble rewrites that
 * file, and moves its port elsewhere.
 */
export interface ServerSettings {
  port: number;
  zkDir: string | null;
  jvmProperties: Record<string, string>;
  jvmFlags: string[];
}

/** The files of a run directory: all that another process needs to control the server. */
export const ZOO_CFG = 'zoo.cfg';
export const LOG = 'server.log';
/** What a member of an ensemble knows of the others. Servers add new ones beside it. */
const DYNAMIC = 'zoo.cfg.dynamic';
const SETTINGS = 'server.json';
const PID = 'server.pid';

/**
 * Makes the run directory and writes the configuration into it.
 *
 * @returns its real path: the one that identifies the server, whichever link leads to it
 */
export async function createRunDirectory(
  options: CheckedOptions,
  settings: ServerSettings,
): Promise<string> {
  await mkdir(options.runDir, { recursive: true });
  const runDir = await realpath(options.runDir);
  if ((await readdir(runDir)).length > 0) {
    throw new Error(`the run directory "${options.runDir}" is not empty`);
  }
  await mkdir(join(runDir, 'data'));
  const { member, zooCfg } = options;
  if (member !== null) {
    await writeFile(join(runDir, DYNAMIC), `${member.ensemble.join('\n')}\n`);
    const dataDir = resolve(runDir, zooCfg['dataDir'] ?? 'data');
    await mkdir(dataDir, { recursive: true });
    await writeFile(join(dataDir, 'myid'), `${member.id}\n`);
  }
  const settled = member === null ? zooCfg : { dynamicConfigFile: `./${DYNAMIC}`, ...zooCfg };
  await writeFile(join(runDir, ZOO_CFG), formatZooCfg(settled, settings.port), { flag: 'wx' });
  // Last: with it, the directory is one that `attach` takes.
  await writeFile(join(runDir, SETTINGS), `${JSON.stringify(settings, null, 2)}\n`, { flag: 'wx' });
  return runDir;
}

/** Finds a run directory that {@link createRunDirectory} made. */
export async function openRunDirectory(
  path: string,
): Promise<{ runDir: string; settings: ServerSettings }> {
  const file = join(resolve(path), SETTINGS);
  try {
    const text = await readFile(file, 'utf8');
    return { runDir: await realpath(path), settings: checkServerSettings(JSON.parse(text)) };
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = missing ? 'there is no server.json in it' : (cause as Error).message;
    throw new Error(`"${path}" is not a run directory made by Server.create: ${reason}`, { cause });
  }
}

/** The process id in the pid file; null when there is none, or nothing that could be one. */
export function readPid(runDir: string): number | null {
  let text: string;
  try {
    text = readFileSync(join(runDir, PID), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
  const pid = /^[0-9]{1,10}\s*$/.test(text) ? Number(text) : 0;
  // 0 and negative numbers mean whole groups of processes to `kill`.
  return pid > 0 ? pid : null;
}

/**
 * Writes the pid file, at once and whole. Synchronous, so that nothing can come between the start
 * of the process and the note of it.
 */
export function writePid(runDir: string, pid: number): void {
  const temporary = join(runDir, `${PID}.${process.pid}`);
  writeFileSync(temporary, `${pid}\n`);
  renameSync(temporary, join(runDir, PID));
}

/** Removes the pid file if it is still the one of `pid`, and not of a server started since. */
export function removePid(runDir: string, pid: number): void {
  if (readPid(runDir) === pid) rmSync(join(runDir, PID), { force: true });
}

function checkServerSettings(value: unknown): ServerSettings {
  const settings = checkRecord(value, SETTINGS);
  return {
    port: checkPort(settings.port, 'port'),
    zkDir: settings.zkDir === null ? null : checkPath(settings.zkDir, 'zkDir'),
    jvmProperties: checkSettings(settings.jvmProperties, 'jvmProperties', checkJvmProperty),
    jvmFlags: checkFlags(settings.jvmFlags, 'jvmFlags'),
  };
}
