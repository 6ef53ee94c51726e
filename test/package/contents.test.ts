import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { contentFaults } from '../../scripts/release/contents.mjs';
import { type Packed, pack, root } from './packed.js';

let packed: Packed;
beforeAll(async () => {
  packed = await pack();
});

const BINARY = 'prebuilds/linux-arm64/libzookeeper.musl.node';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

describe('what npm would ship', () => {
  it('has its name and version, its licence and its words', () => {
    expect({ name: packed.name, version: packed.version }).toEqual({
      name: 'libzookeeper',
      version: manifest.version,
    });
    expect(packed.files).toEqual(
      expect.arrayContaining(['package.json', 'LICENSE', 'NOTICE', 'README.md', 'CHANGELOG.md']),
    );
  });

  it('has these files, and no other', () => {
    expect(contentFaults(packed.files, { release: false })).toEqual([]);
  });

  it('would be refused with a file too many, or one too few', () => {
    const [first = '', ...others] = packed.files;
    expect(contentFaults([...others, 'lib/notes.txt'], { release: false })).toEqual([
      `${first} is missing`,
      'lib/notes.txt is one too many',
    ]);
  });

  it('would be refused as a release without all of its binaries', () => {
    const without = packed.files.filter((file) => file !== BINARY);
    expect(contentFaults(without, { release: true })).toContain(`${BINARY} is missing`);
  });

  it('has the sources of the C client as they were released, with its licence and notice', () => {
    const client = 'deps/out/source/zookeeper-client/zookeeper-client-c';
    expect(packed.files).toEqual(
      expect.arrayContaining([
        'deps/out/source/LICENSE.txt',
        'deps/out/source/NOTICE.txt',
        `${client}/LICENSE`,
        `${client}/src/zookeeper.c`,
        `${client}/generated/zookeeper.jute.c`,
      ]),
    );
  });

  it('runs no script when it is installed, and needs node-gyp-build alone', () => {
    const scripts = ['preinstall', 'install', 'postinstall', 'prepare'];
    expect(scripts.filter((name) => Object.hasOwn(manifest.scripts, name))).toEqual([]);
    expect(manifest.gypfile).toBe(false);
    expect(Object.keys(manifest.dependencies)).toEqual(['node-gyp-build']);
  });

  it('is small', () => {
    expect(packed.size).toBeLessThan(2 * 1024 * 1024);
  });

  it('says nothing of the machine that it was packed on', () => {
    const here = root.replace(/\/$/, '');
    const telling = packed.files.filter((file) =>
      readFileSync(join(root, file), 'latin1').includes(`${here}/`),
    );
    expect(telling).toEqual([]);
  });

  it('points to files that are there', () => {
    const targets = (target: string | Record<string, string>): string[] =>
      typeof target === 'string' ? [target] : Object.values(target);
    const pointers: string[] = Object.values(manifest.exports).flatMap((target) =>
      targets(target as string | Record<string, string>),
    );
    for (const file of [...pointers, manifest.types]) {
      expect(packed.files).toContain(file.replace(/^\.\//, ''));
    }
  });
});
