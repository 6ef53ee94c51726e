import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Packed, pack, root } from './packed.js';

let packed: Packed;
beforeAll(async () => {
  packed = await pack();
});

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Files below a directory of the repository, as npm names them. */
function below(directory: string): string[] {
  return readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replace(/^\//, ''));
}

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

  it('has all that building it takes: sources, the build, and how to get the C client', () => {
    const needed = [...below('lib'), ...below('native'), ...below('scripts'), 'binding.gyp'];
    expect(needed.filter((file) => !packed.files.includes(file))).toEqual([]);
    expect(packed.files).toContain('deps/manifest.json');
    expect(packed.files).toContain('tsconfig.build.json');
  });

  it('has the JavaScript, the types and the maps of each source', () => {
    const missing = below('lib')
      .map((file) => file.replace(/^lib\/(.*)\.ts$/, 'dist/$1'))
      .flatMap((stem) => [`${stem}.js`, `${stem}.d.ts`, `${stem}.js.map`, `${stem}.d.ts.map`])
      .filter((file) => !packed.files.includes(file));
    expect(missing).toEqual([]);
  });

  it('has no JavaScript whose source is gone', () => {
    const orphans = packed.files
      .filter((file) => file.startsWith('dist/'))
      .filter(
        (file) =>
          !existsSync(join(root, file.replace(/^dist\/(.*?)\.(js|d\.ts)(\.map)?$/, 'lib/$1.ts'))),
      );
    expect(orphans).toEqual([]);
  });

  it('has nothing else: no tests, no outputs of a build, no source of the C client', () => {
    const allowed = /^(dist|lib|native|deps|scripts)\/|^[^/]+$/;
    expect(packed.files.filter((file) => !allowed.test(file))).toEqual([]);
    const outputs =
      /(^|\/)(out|build|node_modules|test)\/(?!addon\.|lib\.|native-)|\.(node|o|a|so|tgz|log|stamp)$|(^|\/)\.[^/]+$/;
    const isScript = (file: string) => file.startsWith('scripts/');
    expect(packed.files.filter((file) => outputs.test(file) && !isScript(file))).toEqual([]);
    expect(packed.files.filter((file) => /zookeeper\.(c|h|jute)|jute\.[ch]$/.test(file))).toEqual(
      [],
    );
  });

  it('is small', () => {
    expect(packed.unpackedSize).toBeLessThan(2 * 1024 * 1024);
  });

  it('says nothing of the machine that it was packed on', () => {
    const here = root.replace(/\/$/, '');
    const telling = packed.files.filter((file) =>
      readFileSync(join(root, file), 'utf8').includes(`${here}/`),
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
