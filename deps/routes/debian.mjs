/**
 * The release archive out of Debian's source package, from the mirror that this machine is set up
 * with. apt gets a private directory for its lists and a source list of its own, so that the
 * machine's stay as they are, and checks the signatures.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { have, output, run } from '../../scripts/support/run.mjs';
import { sha256 } from '../../scripts/support/stamp.mjs';
import { Failure } from '../../scripts/support/step.mjs';
import { manifest } from '../layout.mjs';
import { configuredMirrors } from './apt-sources.mjs';

/**
 * The source list: one entry, which keeps the mirror's own signing key where the machine names one.
 */
function sourceList({ uri, signedBy }) {
  const { suite, component } = manifest.debian;
  return `deb-src ${signedBy === undefined ? '' : `[signed-by=${signedBy}] `}${uri} ${suite} ${component}\n`;
}

/** The options that lead apt away from the machine's own state, into `directory`. */
export function privateApt(directory) {
  mkdirSync(join(directory, 'state/lists/partial'), { recursive: true });
  mkdirSync(join(directory, 'cache/archives/partial'), { recursive: true });
  writeFileSync(join(directory, 'state/status'), '');
  return Object.entries({
    'Dir::State': join(directory, 'state'),
    // Nothing is installed: apt would prefer the versions that are.
    'Dir::State::status': join(directory, 'state/status'),
    'Dir::Cache': join(directory, 'cache'),
    'Dir::Etc::sourcelist': join(directory, 'sources.list'),
    'Dir::Etc::sourceparts': '-',
    // The directory may lie where the user that apt downloads as cannot go.
    'APT::Sandbox::User': '',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '20',
  }).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
}

/** The packaging of the pinned release that the fetched lists offer, such as `3.9.3-1+deb13u1`. */
function packageVersion(options) {
  const stanzas = output('apt-cache', [...options, 'showsrc', manifest.debian.package]) ?? '';
  const versions = [...stanzas.matchAll(/^Version: (.*)$/gm)].map(([, version]) => version);
  return versions.find((version) => version.startsWith(`${manifest.version}-`));
}

/**
 * Downloads into `directory`, which is the caller's to delete.
 *
 * @returns the archive's bytes
 * @throws Failure when there is no such mirror, the download fails, or the archive is not the
 * pinned one
 */
export async function fromDebian(directory) {
  if (!have('apt-get')) throw new Failure('this system has no apt-get');
  const mirrors = configuredMirrors();
  if (mirrors.length === 0) throw new Failure('no Debian mirror is configured for apt');
  const failures = [];
  for (const mirror of mirrors) {
    try {
      return await fromMirror(mirror, directory);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures.push(`${mirror.uri}: ${error.message}`);
    }
  }
  throw new Failure(failures.join('\n'));
}

async function fromMirror(mirror, directory) {
  const options = privateApt(directory);
  writeFileSync(join(directory, 'sources.list'), sourceList(mirror));
  const quiet = { cwd: directory, quiet: true, env: { ...process.env, LC_ALL: 'C' } };
  await run('apt-get', [...options, '-q', '-o', 'APT::Update::Error-Mode=any', 'update'], quiet);
  const { package: name, suite, archive, sha256: expected } = manifest.debian;
  const version = packageVersion(options);
  if (version === undefined) throw new Failure(`${suite} has no ${name} ${manifest.version}`);
  await run(
    'apt-get',
    [...options, '-q', '--download-only', 'source', `${name}=${version}`],
    quiet,
  );
  const file = join(directory, archive);
  if (!existsSync(file))
    throw new Failure(`the source package ${name} ${version} holds no ${archive}`);
  const data = readFileSync(file);
  const actual = sha256(data);
  if (actual !== expected)
    throw new Failure(`${archive}: sha256 is ${actual}, expected ${expected}`);
  return data;
}
