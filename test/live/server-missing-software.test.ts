import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { NotRunningError } from 'libzookeeper';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { create, mine, serversOf } from '../support/own-servers.js';
import { createServer as createTestServer } from '../support/server.js';
import { newDirectory } from '../support/workspace.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('what is missing', () => {
  const javaNeeded = /needs Java 11 or newer.*apt-get install default-jre-headless/s;

  it('is Java: the error says so and how to get it, and the directory stays usable', async () => {
    const server = await create();
    vi.stubEnv('PATH', newDirectory());
    vi.stubEnv('JAVA_HOME', undefined);
    await expect(server.start()).rejects.toThrow(javaNeeded);
    await expect(server.start()).rejects.toThrow('there is no java in JAVA_HOME or on PATH');
    await expect(server.process()).rejects.toThrow(NotRunningError);

    vi.unstubAllEnvs();
    await server.start();
  });

  it('is Java when the only one is too old: the error names it and its version', async () => {
    const server = await create();
    const home = await fakeJava(JAVA_8);
    vi.stubEnv('PATH', '');
    vi.stubEnv('JAVA_HOME', home);
    await expect(server.start()).rejects.toThrow(javaNeeded);
    await expect(server.start()).rejects.toThrow(`${home}/bin/java (from JAVA_HOME) is Java 8`);
  });

  it('is Java when the only one does not work: the error has what it says', async () => {
    const server = await create();
    vi.stubEnv('PATH', join(await fakeJava('echo "Unable to locate a Java" >&2; exit 1'), 'bin'));
    vi.stubEnv('JAVA_HOME', undefined);
    await expect(server.start()).rejects.toThrow(
      /\(from PATH\) does not work: Unable to locate a J/,
    );
  });

  it('is not Java when PATH has one and JAVA_HOME an old one, or none', async () => {
    const server = await create();
    vi.stubEnv('JAVA_HOME', await fakeJava(JAVA_8));
    await server.start();
    await server.stop();
    vi.stubEnv('JAVA_HOME', newDirectory());
    await server.start();
  });

  it('is not Java when java is a script that runs another: the process is still the server', async () => {
    const server = await create();
    vi.stubEnv('JAVA_HOME', await fakeJava('java "$@"'));
    await server.start();
    const { pid } = await server.process();
    await server.stop();
    expect(serversOf(server.runDir)).toEqual([]);
    expect(pid).toBeGreaterThan(0);
  });

  it('is ZooKeeper at zkDir: the error says so and how to get it; once there, it starts', async () => {
    const zkDir = newDirectory();
    const server = mine(await createTestServer({ zkDir })).server;
    const howTo = 'apt-get install libzookeeper-java; elsewhere, unpack a ZooKeeper release';
    await expect(server.start()).rejects.toThrow(`there is no directory "${zkDir}" (zkDir)`);
    await expect(server.start()).rejects.toThrow(howTo);
    await mkdir(join(zkDir, 'lib'), { recursive: true });
    await expect(server.start()).rejects.toThrow(`there is no ZooKeeper in "${zkDir}" (zkDir)`);
    await expect(server.start()).rejects.toThrow(howTo);

    // As a release has it: its own jar at the top, the others in lib.
    await symlink('/usr/share/java/zookeeper.jar', join(zkDir, 'zookeeper-3.8.0.jar'));
    await symlink('/usr/share/java/slf4j-simple.jar', join(zkDir, 'lib', 'slf4j-simple-1.7.jar'));
    await server.start();
    expect(await readFile(join(server.runDir, 'server.log'), 'utf8')).toContain('binding to port');
  });

  it('is nothing when zkDir is a directory of jars, or a path relative to where it was said', async () => {
    const zkDir = newDirectory();
    await mkdir(zkDir);
    for (const jar of ['zookeeper.jar', 'slf4j-simple.jar']) {
      await symlink(join('/usr/share/java', jar), join(zkDir, jar));
    }
    const server = mine(await createTestServer({ zkDir: relative(process.cwd(), zkDir) }));
    await server.start();
    expect(JSON.parse(await readFile(join(server.runDir, 'server.json'), 'utf8')).zkDir).toBe(
      zkDir,
    );
  });
});

/** What Java 8 says when it is asked. */
const JAVA_8 = `
echo "Property settings:" >&2
echo "    java.home = /usr/lib/jvm/java-8-openjdk/jre" >&2
echo "    java.specification.version = 1.8" >&2
echo "    java.version = 1.8.0_412" >&2
`;

/** A Java home whose `java` is a shell script. */
async function fakeJava(script: string): Promise<string> {
  const home = newDirectory();
  await mkdir(join(home, 'bin'), { recursive: true });
  await writeFile(join(home, 'bin', 'java'), `#!/bin/sh\n${script}\n`);
  await chmod(join(home, 'bin', 'java'), 0o755);
  return home;
}
