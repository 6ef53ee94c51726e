/** What the package has in it, file by file, and nothing else. */
import { relative } from 'node:path';
import { generated, manifest, source } from '../../deps/layout.mjs';
import { filesBelow } from '../support/files.mjs';
import { at, root } from '../support/paths.mjs';
import { isBuilt, targets } from './targets.mjs';

/** As npm names it: relative to the root, with slashes. */
const named = (file) => relative(root, file).replaceAll('\\', '/');

const ALWAYS = ['CHANGELOG.md', 'LICENSE', 'NOTICE', 'README.md', 'binding.gyp', 'package.json'];

/** The JavaScript and the types of a source, and the maps that lead back to it. */
const compiled = (file) =>
  ['js', 'js.map', 'd.ts', 'd.ts.map'].map((extension) =>
    file.replace(/^lib\/(.*)\.ts$/, `dist/$1.${extension}`),
  );

/** What `npm run build:addon` takes, in an installed package. */
function building() {
  const unpacked = Object.keys(manifest.files).map((file) => `${named(source)}/${file}`);
  const records = ['zookeeper.jute.c', 'zookeeper.jute.h'].map(
    (file) => `${named(generated)}/${file}`,
  );
  const scripts = ['scripts/build', 'scripts/support', 'scripts/system'].flatMap((directory) =>
    filesBelow(at(directory), ['.exports', '.map', '.mjs']),
  );
  const deps = filesBelow(at('deps'), ['.cmake', '.json', '.md', '.mjs']).filter(
    (file) => !file.startsWith(at('deps/out')),
  );
  return [
    ...filesBelow(at('native'), ['.c', '.cc', '.h']).map(named),
    ...[...scripts, ...deps].map(named),
    ...['scripts/build.mjs', 'scripts/setup.mjs', 'deps/out/jute.stamp'],
    ...unpacked,
    ...records,
  ];
}

/** All files of a package; of the binaries, those that have been built, and for a release all of them. */
export function expectedFiles({ release }) {
  const sources = filesBelow(at('lib'), ['.ts']).map(named);
  const binaries = targets.filter((target) => release || isBuilt(target)).map(({ file }) => file);
  return [...ALWAYS, ...sources, ...sources.flatMap(compiled), ...building(), ...binaries].sort();
}

/** How the files of a package differ from what they should be, a line for each; none if they do not. */
export function contentFaults(files, options) {
  const expected = expectedFiles(options);
  return [
    ...expected.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
    ...files.filter((file) => !expected.includes(file)).map((file) => `${file} is one too many`),
  ];
}
