import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { at, out } from '../paths.js';
import { CommandError, run } from './run.js';
import { filesIn, unlessBuilt } from './stamp.js';

/** Where Debian's packages put what is written in Go. */
const DEBIAN_GOPATH = '/usr/share/gocode';

/** The client has moved; the API that the driver uses is the same. Repositories, and where the package is: the newer first. */
const PACKAGES = {
  'go-zookeeper/zk': 'go-zookeeper/zk',
  'samuel/go-zookeeper': 'samuel/go-zookeeper/zk',
};

const MISSING =
  'the client in Go is not installed; on Debian: apt-get install golang-go golang-github-samuel-go-zookeeper-dev';

/** The driver of the client in Go. */
export interface GoDriver {
  readonly program: string;
  /** The repository that the client comes from. */
  readonly title: string;
  readonly version: string;
}

interface Package {
  readonly repository: string;
  readonly directory: string;
}

function findPackage(goPaths: readonly string[]): Package | undefined {
  for (const goPath of goPaths) {
    for (const [repository, path] of Object.entries(PACKAGES)) {
      const directory = join(goPath, 'src/github.com', path);
      if (existsSync(join(directory, 'conn.go'))) return { repository, directory };
    }
  }
  return undefined;
}

/** The date and the commit that the Debian package is of; empty where it is none. */
async function versionOf({ directory }: Package): Promise<string> {
  try {
    const owner = await run('dpkg-query', ['--search', join(directory, 'conn.go')]);
    const [name = ''] = owner.split(':');
    const [, version = ''] = (await run('dpkg-query', ['--show', name])).trim().split('\t');
    return version.replace(/^0\.0~git/, '');
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return '';
  }
}

/** Builds the driver in Go, without modules: they would be asked for over the network. */
async function build(program: string, zk: Package): Promise<void> {
  // The driver imports "zk", whichever it is.
  const workspace = out('go');
  const link = join(workspace, 'src/zk');
  rmSync(link, { force: true });
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(zk.directory, link);
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: workspace };
  await run('go', ['build', '-o', program, '.'], { cwd: at('bench/go-client'), env });
}

/** Builds the driver of the client in Go. @returns why there is none, where Go or the client is not installed */
export async function buildGoDriver(): Promise<GoDriver | { readonly missing: string }> {
  let goPath: string;
  try {
    goPath = (await run('go', ['env', 'GOPATH'])).trim();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { missing: MISSING };
  }
  const zk = findPackage([...goPath.split(delimiter), DEBIAN_GOPATH]);
  if (zk === undefined) return { missing: MISSING };
  const program = out('go-client');
  const files = [...filesIn(at('bench/go-client'), ['.go']), ...filesIn(zk.directory, ['.go'])];
  await unlessBuilt(program, { files }, () => build(program, zk));
  return { program, title: zk.repository, version: await versionOf(zk) };
}
