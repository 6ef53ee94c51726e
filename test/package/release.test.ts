import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ChildResult, runChild } from '../support/child.js';
import { newDirectory } from '../support/workspace.js';
import { root } from './packed.js';

/** A clone of the repository, as it was committed last, with these scripts and this changelog. */
let clone: string;
const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: clone, encoding: 'utf8' }).trim();
const read = (file: string): string => readFileSync(join(clone, file), 'utf8');

beforeAll(() => {
  clone = newDirectory();
  execFileSync('git', ['clone', '--quiet', '--no-tags', root, clone]);
  git('config', 'user.name', 'Test');
  git('config', 'user.email', 'test@localhost');
  const changelog = '# Changelog\n\n## [Unreleased] 9.0.0\n\n### Added\n\n- Something.\n';
  writeFileSync(join(clone, 'CHANGELOG.md'), changelog);
  git('add', '--all');
  git('commit', '--quiet', '--message', 'A changelog');
});

const release = (...args: string[]): Promise<ChildResult> =>
  runChild(join(clone, 'scripts/release.mjs'), args);

describe('npm run release', () => {
  it('refuses what is no version, an older one, and uncommitted changes', async () => {
    expect((await release()).stderr).toMatch(/npm run release <x\.y\.z>/);
    expect((await release('0.0.1')).stderr).toMatch(/already/);
    writeFileSync(join(clone, 'notes.txt'), '');
    expect((await release('9.9.9')).stderr).toMatch(/uncommitted changes/);
    git('clean', '--force', '--quiet');
  });

  it('gives the version to all that has one, dates the changelog, commits and tags', async () => {
    const { code, stderr } = await release('9.9.9');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(read('package.json')).version).toBe('9.9.9');
    expect(JSON.parse(read('package-lock.json')).packages[''].version).toBe('9.9.9');
    expect(read('CHANGELOG.md')).toMatch(
      /^# Changelog\n\n## \[Unreleased\]\n\n## \[9\.9\.9\] - \d{4}-\d\d-\d\d\n\n### Added\n\n- Something\.\n$/,
    );
    expect(git('tag', '--points-at', 'HEAD')).toBe('v9.9.9');
    expect(git('status', '--porcelain')).toBe('');
  });

  it('refuses when nothing was changed since', async () => {
    expect((await release('9.9.10')).stderr).toMatch(/nothing is listed under Unreleased/);
    expect((await release('9.9.9')).stderr).toMatch(/tagged already/);
  });
});
