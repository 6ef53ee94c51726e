/** Finds a Java runtime that is new enough: JAVA_HOME's before the one on the PATH. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { output } from '../support/run.mjs';

/** ZooKeeper 3.9's record compiler and server run with 8, too; what is tested is 11 and newer. */
export const OLDEST_JAVA = 11;

/** `17.0.15` is 17, and `1.8.0_402` is 8. */
function majorVersion(java) {
  const match = /version "(?:1\.)?(\d+)/.exec(output(java, ['-version']) ?? '');
  return match === null ? 0 : Number(match[1]);
}

let found;

/** The command that runs Java, or undefined if there is none, or only one that is too old. */
export function findJava() {
  const home = process.env.JAVA_HOME;
  const fromHome = home ? join(home, 'bin/java') : undefined;
  const candidates = [
    ...(fromHome !== undefined && existsSync(fromHome) ? [fromHome] : []),
    'java',
  ];
  found ??= candidates.find((java) => majorVersion(java) >= OLDEST_JAVA);
  return found;
}
