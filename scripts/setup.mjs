/**
 * Everything that a build needs, brought in where it is missing: the system's packages, then
 * Node's.
 */
import { Failure, main } from './support/step.mjs';
import { ensureNodeModules } from './system/node-modules.mjs';
import { ensureSystem } from './system/packages.mjs';

/** The `engines` of package.json; require() of an ES module works from here on. */
const OLDEST_NODE = [20, 19];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Failure(
    `Node.js ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}`,
  );
}

/**
 * Quick, and silent, when nothing is missing.
 *
 * @param others - needs beyond those of a build and its tests
 */
export async function setUp(others) {
  checkNode();
  await ensureSystem(others);
  await ensureNodeModules();
}

if (import.meta.filename === process.argv[1]) await main(() => setUp());
