/**
 * Brings in the C client's sources: from the kept archive, from a local one, from a Debian mirror,
 * or from Apache. Nothing is put in place that is not what deps/manifest.json pins, and a run that
 * fails leaves things as they were.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Failure } from '../scripts/support/step.mjs';
import { archive, manifest, out, source } from './layout.mjs';
import { fromApache } from './routes/apache.mjs';
import { fromDebian } from './routes/debian.mjs';
import { isUnpacked, pinnedFiles } from './verify.mjs';

/** Names a local archive, and thereby rules out the network. */
export const ARCHIVE_VARIABLE = 'LIBZOOKEEPER_C_CLIENT_ARCHIVE';

/** The archive that an earlier run kept, or undefined if there is none, or one that went bad. */
function kept() {
  if (!existsSync(archive)) return undefined;
  try {
    const data = readFileSync(archive);
    return { data, files: pinnedFiles(data, archive) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.log(`${error.message}\nThe kept archive is set aside.`);
    return undefined;
  }
}

/**
 * The archive that the user named, or undefined if none is named. One that is named must be right.
 */
function local() {
  const path = process.env[ARCHIVE_VARIABLE];
  if (path === undefined || path === '') return undefined;
  const file = resolve(path);
  let data;
  try {
    data = readFileSync(file);
  } catch (error) {
    throw new Failure(`${ARCHIVE_VARIABLE}: cannot read ${file}: ${error.message}`);
  }
  return { data, files: pinnedFiles(data, `${ARCHIVE_VARIABLE}: ${file}`) };
}

/** The first network route that works; else a failure that says why each did not. */
async function downloaded(directory) {
  const failures = [];
  for (const [name, fetchArchive] of [
    ['Debian source package', fromDebian],
    ['Apache archive', fromApache],
  ]) {
    try {
      const data = await fetchArchive(directory);
      return { data, files: pinnedFiles(data, `The archive from the ${name}`) };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures.push(`${name}: ${error.message}`);
    }
  }
  throw new Failure(
    `Cannot get the sources of the C client of ZooKeeper ${manifest.version}.\n${failures.join('\n')}\n` +
      `Download the archive elsewhere (${manifest.apache.url}) and name it in ${ARCHIVE_VARIABLE}.`,
  );
}

/** Writes beside the place first, so that the place never holds half a thing. */
function putInPlace({ data, files }, directory) {
  const newSource = join(directory, 'source');
  for (const [path, content] of files) {
    mkdirSync(dirname(join(newSource, path)), { recursive: true });
    writeFileSync(join(newSource, path), content);
  }
  const newArchive = join(directory, 'archive');
  writeFileSync(newArchive, data);
  renameSync(newArchive, archive);
  rmSync(source, { recursive: true, force: true });
  renameSync(newSource, source);
}

/** Sees to it that `deps/out/source` holds the pinned files. */
export async function ensureSources() {
  if (isUnpacked()) return;
  // What a run that was killed may have left goes first.
  const directory = join(out, 'incoming');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  try {
    putInPlace(kept() ?? local() ?? (await downloaded(directory)), directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
