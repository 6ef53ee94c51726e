/** Installing packages on Debian, Ubuntu and their kin. */
import { existsSync, readFileSync } from 'node:fs';
import { have, output, run } from '../support/run.mjs';
import { Failure } from '../support/step.mjs';

/** Whether packages have Debian's names here. */
export function isDebianLike() {
  if (!have('apt-get') || !existsSync('/etc/os-release')) return false;
  const release = readFileSync('/etc/os-release', 'utf8');
  return /^(?:ID|ID_LIKE)=.*\b(?:debian|ubuntu)\b/m.test(release);
}

/**
 * What stands before a command that root must run: nothing for root, `sudo` where it asks for no
 * password.
 */
function asRoot() {
  if (process.getuid() === 0) return [];
  if (have('sudo') && output('sudo', ['-n', 'true']) !== undefined) return ['sudo', '-n'];
  return undefined;
}

/** The command that a person types to install the packages. */
export function installCommand(packages) {
  const sudo = process.getuid() === 0 ? '' : 'sudo ';
  const install = `apt-get install --yes --no-install-recommends ${packages.join(' ')}`;
  return `${sudo}apt-get update && ${sudo}${install}`;
}

/**
 * Installs the packages, without their recommendations and without asking anything; fetches the
 * lists of packages first when they are absent or outdated.
 *
 * @throws Failure with the command to type, when we may not do it ourselves or it fails
 */
export async function install(packages) {
  const root = asRoot();
  if (root === undefined) {
    throw new Failure(`Missing packages. Install them with:\n  ${installCommand(packages)}`);
  }
  const apt = (...args) => {
    const [command, ...rest] = [
      ...root,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      '-q',
      ...args,
    ];
    return run(command, rest, { quiet: true });
  };
  const installing = ['install', '--yes', '--no-install-recommends', ...packages];
  const succeeds = (promise) =>
    promise.then(
      () => true,
      () => false,
    );
  try {
    // Without lists, or with outdated ones, the first attempt fails: at once, or at the download.
    if (await succeeds(apt(...installing))) return;
    await apt('update');
    await apt(...installing);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(
      `${error.message}\nInstall the packages by hand, then try again:\n  ${installCommand(packages)}`,
    );
  }
}
