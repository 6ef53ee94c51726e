/**
 * The official C client, from nothing to static libraries; each part only if it is not there yet.
 */
import { step } from '../scripts/support/step.mjs';
import { ensureLibraries } from './cmake.mjs';
import { ensureJute } from './jute.mjs';
import { manifest } from './layout.mjs';
import { ensureSources } from './sources.mjs';

/** Brings in the sources, generates the records, builds the libraries. */
export async function buildDeps() {
  await step(`sources of the C client ${manifest.version}`, ensureSources);
  await step('records of the protocol', ensureJute);
  await step('C client', ensureLibraries);
}
