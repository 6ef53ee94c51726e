/**
 * Makes `zookeeper.jute.[ch]`, the protocol's records in C, with ZooKeeper's record compiler, a
 * Java program. A release archive carries its input only.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../scripts/support/run.mjs';
import { stampOf, unlessStamped } from '../scripts/support/stamp.mjs';
import { Failure } from '../scripts/support/step.mjs';
import { findJava } from '../scripts/system/java.mjs';
import { generated, out, source } from './layout.mjs';

/** Names the record compiler's jar where it is not Debian's. */
export const JAR_VARIABLE = 'LIBZOOKEEPER_JUTE_JAR';

/** Where Debian's package libzookeeper-java puts the record compiler. */
const DEBIAN_JAR = '/usr/share/java/zookeeper-jute.jar';

/** The record compiler's jar, which may be missing. */
export const juteJar = () => process.env[JAR_VARIABLE] || DEBIAN_JAR;

const NAMES = ['zookeeper.jute.c', 'zookeeper.jute.h'];

async function generate(input) {
  const jar = juteJar();
  if (!existsSync(jar)) {
    throw new Failure(
      `The record compiler ${jar} is missing: install libzookeeper-java (Debian, Ubuntu), or name the ` +
        `zookeeper-jute-*.jar of a ZooKeeper release in ${JAR_VARIABLE}.`,
    );
  }
  const java = findJava();
  if (java === undefined)
    throw new Failure('The record compiler needs a Java runtime, 11 or newer.');
  const directory = join(out, 'jute');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory);
  try {
    const compiler = ['-cp', jar, 'org.apache.jute.compiler.generated.Rcc'];
    await run(java, [...compiler, '-l', 'c', input], { cwd: directory, quiet: true });
    // It ends with code 0 even if it could not read its input.
    const missing = NAMES.filter((name) => !existsSync(join(directory, name)));
    if (missing.length > 0)
      throw new Failure(`the record compiler of ${jar} did not make ${missing.join(', ')}`);
    rmSync(generated, { recursive: true, force: true });
    mkdirSync(generated);
    for (const name of NAMES) renameSync(join(directory, name), join(generated, name));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Sees to it that the C project's `generated` directory is there. */
export async function ensureJute() {
  const input = join(source, 'zookeeper-jute/src/main/resources/zookeeper.jute');
  return unlessStamped({
    stampFile: join(out, 'jute.stamp'),
    stamp: stampOf([input]),
    outputs: NAMES.map((name) => join(generated, name)),
    build: () => generate(input),
  });
}
