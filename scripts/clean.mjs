/** `npm run clean`: removes what builds made, but for the kept archive of the C client. */
import { rmSync } from 'node:fs';
import { build, source } from '../deps/layout.mjs';
import { at } from './support/paths.mjs';

for (const path of [at('build'), at('dist'), at('prebuilds'), build, source])
  rmSync(path, { recursive: true, force: true });
