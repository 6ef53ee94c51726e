import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Where Debian and Ubuntu put the jars of their packages. */
const SYSTEM = '/usr/share/java';

/**
 * What the manifest of Debian's `zookeeper.jar` does not pull in: its own records (3.9), something
 * that writes the log, the parts of Netty for TLS, the servlet API for the admin server.
 */
const FORGOTTEN = [
  'zookeeper-jute.jar',
  'slf4j-simple.jar',
  'netty-codec.jar',
  'netty-resolver.jar',
  'netty-transport-native-unix-common.jar',
  'servlet-api.jar',
];

const HOW_TO_GET_IT =
  'On Debian and Ubuntu, install it with: apt-get install libzookeeper-java; elsewhere, unpack a ' +
  'ZooKeeper release and name its directory in the option zkDir';

/**
 * The class path of a ZooKeeper server.
 *
 * @param zkDir a release or a directory of jars; null for the system's package
 * @throws Error that says what is missing and how to get it
 */
export async function findClassPath(zkDir: string | null): Promise<string[]> {
  if (zkDir === null || resolve(zkDir) === SYSTEM) return systemClassPath();

  const top = await list(zkDir);
  if (top === null) throw new Error(`there is no directory "${zkDir}" (zkDir). ${HOW_TO_GET_IT}`);
  const lib = join(zkDir, 'lib');
  const jars = [...jarsIn(zkDir, top), ...jarsIn(lib, (await list(lib)) ?? [])];
  if (!jars.some((jar) => /[\\/]zookeeper(-\d[^\\/]*)?\.jar$/.test(jar))) {
    throw new Error(
      `there is no ZooKeeper in "${zkDir}" (zkDir): no zookeeper-<version>.jar in it or in its ` +
        `lib directory. A source release has none. ${HOW_TO_GET_IT}`,
    );
  }
  // A release keeps the settings of its log there; without them it logs each detail, or nothing.
  if (top.includes('conf')) jars.unshift(join(zkDir, 'conf'));
  return jars;
}

async function systemClassPath(): Promise<string[]> {
  const present = new Set(await list(SYSTEM));
  if (!present.has('zookeeper.jar')) {
    throw new Error(`ZooKeeper is not installed: no ${SYSTEM}/zookeeper.jar. ${HOW_TO_GET_IT}`);
  }
  const names = ['zookeeper.jar', ...FORGOTTEN.filter((name) => present.has(name))];
  return names.map((name) => join(SYSTEM, name));
}

/** The names in a directory, in a fixed order; null if there is none. */
async function list(directory: string): Promise<string[] | null> {
  try {
    return (await readdir(directory)).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

function jarsIn(directory: string, names: readonly string[]): string[] {
  return names.filter((name) => name.endsWith('.jar')).map((name) => join(directory, name));
}
