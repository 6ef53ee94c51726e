/** A copy of what the addon is built from, so that one target's build is never another's. */
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { at } from '../support/paths.mjs';

const PARTS = ['binding.gyp', 'package.json', 'native', 'deps', 'scripts'];

/** Makes the copy, anew, in a directory of that name below another, and gives it. */
export function stage(name, below = at('build/prebuild')) {
  const directory = join(below, name);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const outputs = at('deps/out');
  for (const part of PARTS) {
    cpSync(at(part), join(directory, part), {
      recursive: true,
      filter: (file) => file !== outputs,
    });
  }
  for (const part of ['deps/out/source', 'deps/out/jute.stamp']) {
    if (!existsSync(at(part))) continue;
    mkdirSync(dirname(join(directory, part)), { recursive: true });
    cpSync(at(part), join(directory, part), { recursive: true });
  }
  // Windows has junctions, which need no privilege.
  symlinkSync(at('node_modules'), join(directory, 'node_modules'), 'junction');
  return directory;
}
