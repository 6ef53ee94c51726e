/** The release archive from Apache's own archive: for systems without a Debian mirror. */
import { Failure } from '../../scripts/support/step.mjs';
import { manifest } from '../layout.mjs';

/** @returns the archive's bytes; the caller verifies them, file by file */
export async function fromApache() {
  const { url } = manifest.apache;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(120_000) });
    if (!response.ok) throw new Failure(`${url}: HTTP status ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`${url}: ${error.cause?.message ?? error.message}`);
  }
}
