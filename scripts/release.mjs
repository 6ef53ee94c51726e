/**
 * `npm run release 0.2.0`: gives the version to package.json and the lockfile, dates what the
 * changelog has under Unreleased, commits, and tags. Nothing is pushed: docs/releasing.md says how it
 * goes on.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { at, root } from './support/paths.mjs';
import { run } from './support/run.mjs';
import { Failure, main } from './support/step.mjs';
import { compareVersions } from './support/version.mjs';

const CHANGELOG = at('CHANGELOG.md');

/** The changelog with the version where Unreleased was, and an empty Unreleased above it. */
export function dated(changelog, version, date) {
  const heading = /^## \[Unreleased\].*$/m.exec(changelog);
  if (heading === null) throw new Failure('CHANGELOG.md has no "## [Unreleased]"');
  const after = changelog.slice(heading.index + heading[0].length);
  const [body] = after.split(/^## \[/m);
  if (!/^- /m.test(body)) throw new Failure('CHANGELOG.md: nothing is listed under Unreleased');
  const before = changelog.slice(0, heading.index);
  return `${before}## [Unreleased]\n\n## [${version}] - ${date}${after}`;
}

function git(...args) {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Failure(stderr.trim() || `git ${args.join(' ')} failed`);
  return stdout.trim();
}

function checkVersion(version) {
  const { version: current } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  if (!/^\d+\.\d+\.\d+$/.test(version ?? '')) throw new Failure('npm run release <x.y.z>');
  if (compareVersions(version, current) < 0) throw new Failure(`this is ${current} already`);
  if (git('tag', '--list', `v${version}`) !== '')
    throw new Failure(`v${version} is tagged already`);
}

async function release(version) {
  checkVersion(version);
  if (git('status', '--porcelain') !== '') throw new Failure('there are uncommitted changes');
  const date = new Date().toISOString().slice(0, 10);
  const changelog = dated(readFileSync(CHANGELOG, 'utf8'), version, date);
  const numbers = ['--no-git-tag-version', '--allow-same-version', '--ignore-scripts'];
  await run('npm', ['version', version, ...numbers], { quiet: true });
  writeFileSync(CHANGELOG, changelog);
  git('add', 'package.json', 'package-lock.json', 'CHANGELOG.md');
  git('commit', '--quiet', '--message', `Release ${version}`);
  git('tag', '--annotate', '--message', `libzookeeper ${version}`, `v${version}`);
  console.log(
    `v${version} is committed and tagged; git push --follow-tags has it built and published`,
  );
}

if (import.meta.filename === process.argv[1]) await main(() => release(process.argv[2]));
