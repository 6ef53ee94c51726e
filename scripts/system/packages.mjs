/** Sees to it that what the system must provide is there. */
import { Failure, step } from '../support/step.mjs';
import { install, installCommand, isDebianLike } from './apt.mjs';
import { missingNeeds } from './needs.mjs';

const listed = (needs) => needs.map(({ what }) => `  ${what}`).join('\n');

/**
 * Installs what is missing where apt is the way and we have the right.
 *
 * @param others - needs beyond those of a build and its tests
 *
 * @throws Failure that names each thing that is missing, and where it can, the command that
 * installs it
 */
export async function ensureSystem(others = []) {
  const missing = missingNeeds(others);
  if (missing.length === 0) return;
  if (!isDebianLike()) {
    throw new Failure(`Missing on this system; install, then try again:\n${listed(missing)}`);
  }
  const packages = [...new Set(missing.map((need) => need.package))];
  await step(`system packages: ${packages.join(', ')}`, () => install(packages));

  const still = missingNeeds(others);
  if (still.length > 0) {
    throw new Failure(`Still missing after "${installCommand(packages)}":\n${listed(still)}`);
  }
}
