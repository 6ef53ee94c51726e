import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDrivers } from './build/drivers.js';
import { buildGoDriver } from './build/go-client.js';
import { installPeer } from './build/peers.js';
import { buildCDriver } from './build/programs.js';
import { at } from './paths.js';

/** A client under test: how its driver is started. */
export interface BenchClient {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  /** The program, and what stands before a task's arguments. */
  readonly command: readonly string[];
  /** Whether it runs in Node.js, which can be told to profile it. */
  readonly isNode: boolean;
}

/** A client that cannot be measured here, and why. */
export interface MissingClient {
  readonly id: string;
  readonly missing: string;
}

/** The clients that there are drivers for, by what they are called on the command line. */
export const clientIds = ['ours', 'c', 'node-zookeeper-client', 'zookeeper', 'go'] as const;
export type ClientId = (typeof clientIds)[number];

const readJson = (file: string): { readonly version: string } =>
  JSON.parse(readFileSync(file, 'utf8')) as { version: string };

/** The command for a driver in Node.js. The heap can be collected before memory is looked at. */
function nodeCommand(drivers: string, id: ClientId, peers: string): string[] {
  return [process.execPath, join(drivers, 'main.js'), id, peers];
}

async function prepareCClient(): Promise<BenchClient> {
  const { version } = readJson(at('deps/manifest.json'));
  const command = [await buildCDriver()];
  return { id: 'c', title: 'C client', version, command, isNode: false };
}

async function prepareGoClient(): Promise<BenchClient | MissingClient> {
  const driver = await buildGoDriver();
  if ('missing' in driver) return { id: 'go', missing: driver.missing };
  const { program, title, version } = driver;
  return { id: 'go', title, version, command: [program], isNode: false };
}

async function preparePeer(id: ClientId, drivers: string): Promise<BenchClient | MissingClient> {
  const peer = await installPeer(id);
  if ('missing' in peer) return { id, missing: peer.missing };
  const command = nodeCommand(drivers, id, peer.directory);
  return { id, title: id, version: peer.version, command, isNode: true };
}

/** Builds or installs what a client's driver needs. */
export async function prepareClient(id: ClientId): Promise<BenchClient | MissingClient> {
  if (id === 'c') return prepareCClient();
  if (id === 'go') return prepareGoClient();
  const drivers = buildDrivers();
  if (id !== 'ours') return preparePeer(id, drivers);
  const { version } = readJson(at('package.json'));
  const command = nodeCommand(drivers, id, '-');
  return { id, title: 'libzookeeper', version, command, isNode: true };
}
