/**
 * `npm run build`: set-up, then the C client, the addon and the library, each only as far as
 * something changed. `node scripts/build.mjs deps|addon|lib …` builds the named parts alone,
 * without set-up.
 */
import { buildDeps } from '../deps/c-client.mjs';
import { buildAddon } from './build/addon.mjs';
import { buildLib } from './build/lib.mjs';
import { setUp } from './setup.mjs';
import { locked } from './support/lock.mjs';
import { at } from './support/paths.mjs';
import { Failure, main } from './support/step.mjs';

const parts = { deps: buildDeps, addon: buildAddon, lib: buildLib };

/** Builds the parts with these names, in their order. */
export async function build(names = Object.keys(parts)) {
  await locked(at('deps/out/build.lock'), async () => {
    for (const name of names) await parts[name]();
  });
}

if (import.meta.filename === process.argv[1]) {
  await main(async () => {
    const names = process.argv.slice(2);
    const unknown = names.filter((name) => !Object.hasOwn(parts, name));
    if (unknown.length > 0)
      throw new Failure(`no such part: ${unknown.join(', ')} (parts: ${Object.keys(parts)})`);
    if (names.length === 0) await setUp();
    await build(names.length === 0 ? undefined : names);
  });
}
