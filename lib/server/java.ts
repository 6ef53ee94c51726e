import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The oldest Java that ZooKeeper servers are run with here. */
const OLDEST = 11;

const HOW_TO_GET_IT =
  'On Debian and Ubuntu, install one with: apt-get install default-jre-headless';

/** The time that a Java may take to say its version: ages, even on a busy machine. */
const VERSION_TIMEOUT = 30_000;

/** A Java that was asked: where its real binary is, and its version. */
interface Java {
  binary: string;
  version: number;
}

/** Each Java is asked once for its version, which takes 0.1 s. */
const known = new Map<string, Java>();

/**
 * Finds a Java that is new enough: the one of `JAVA_HOME` before the one on `PATH`.
 *
 * @returns the path of its `java`
 * @throws Error that says what was found and how to get a better one
 */
export async function findJava(env: NodeJS.ProcessEnv): Promise<string> {
  const found: string[] = [];
  for (const [candidate, origin] of await candidates(env)) {
    try {
      const java = known.get(candidate) ?? (await ask(candidate));
      known.set(candidate, java);
      if (java.version >= OLDEST) return java.binary;
      found.push(`${candidate} (${origin}) is Java ${java.version}`);
    } catch (error) {
      found.push(`${candidate} (${origin}) does not work: ${(error as Error).message}`);
    }
  }
  if (found.length === 0) found.push('there is no java in JAVA_HOME or on PATH');
  throw new Error(
    `a ZooKeeper server needs Java ${OLDEST} or newer: ${found.join('; ')}. ${HOW_TO_GET_IT}`,
  );
}

async function candidates(env: NodeJS.ProcessEnv): Promise<[path: string, origin: string][]> {
  const result: [string, string][] = [];
  if (env.JAVA_HOME) {
    const path = join(env.JAVA_HOME, 'bin', 'java');
    if (await isExecutable(path)) result.push([path, 'from JAVA_HOME']);
  }
  for (const directory of (env.PATH ?? '').split(delimiter)) {
    if (directory === '') continue;
    const path = join(directory, 'java');
    if (!(await isExecutable(path))) continue;
    result.push([path, 'from PATH']);
    break;
  }
  return result;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/**
 * Asks a Java for its version and its home. The `java` there is the real one: the first may be a
 * script of a version manager, whose process is not the server's.
 */
function ask(path: string): Promise<Java> {
  return new Promise((resolve, reject) => {
    const args = ['-XshowSettings:properties', '-version'];
    execFile(path, args, { timeout: VERSION_TIMEOUT }, (error, stdout, stderr) => {
      const output = `${stdout}\n${stderr}`;
      const version = /^\s*java\.specification\.version = (?:1\.)?(\d+)/m.exec(output)?.[1];
      const home = /^\s*java\.home = (.+?)\s*$/m.exec(output)?.[1];
      if (version !== undefined && home !== undefined) {
        resolve({ binary: join(home, 'bin', 'java'), version: Number(version) });
        return;
      }
      const said = output.trim().split('\n')[0] || 'it does not say its version';
      reject(error === null || stderr ? new Error(said) : error);
    });
  });
}
