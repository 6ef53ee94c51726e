/** The software bill of materials: what npm knows of, and the C client, which it does not. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { manifest } from '../../deps/layout.mjs';
import { at, root } from '../support/paths.mjs';
import { Failure } from '../support/step.mjs';

const cClient = {
  'bom-ref': `zookeeper-c-client@${manifest.version}`,
  type: 'library',
  name: 'zookeeper-c-client',
  version: manifest.version,
  description: "Apache ZooKeeper's official C client, linked statically, unmodified",
  licenses: [{ license: { id: 'Apache-2.0' } }],
  // The archive that its files are compared with, file by file: deps/manifest.json.
  hashes: [{ alg: 'SHA-256', content: manifest.debian.sha256 }],
  externalReferences: [{ type: 'distribution', url: manifest.apache.url }],
};

/** @returns the bill, in CycloneDX's JSON */
export function billOfMaterials() {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'];
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Failure(`npm sbom failed: ${stderr}`);
  const bill = JSON.parse(stdout);
  const { name, version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  bill.components.push(cClient);
  const own = bill.dependencies.find(({ ref }) => ref === `${name}@${version}`);
  own?.dependsOn.push(cClient['bom-ref']);
  return `${JSON.stringify(bill, null, 2)}\n`;
}
