/**
 * `node scripts/check-abi.mjs [file …]`: refuses a Linux binary that would not load on the oldest
 * system that it is meant for, and says what of it is too new. Without a file: all prebuilt ones,
 * or else the addon that was built here.
 */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { readElf } from './support/elf.mjs';
import { filesBelow } from './support/files.mjs';
import { at } from './support/paths.mjs';
import { Failure, main } from './support/step.mjs';
import { compareVersions } from './support/version.mjs';

/** The newest of each that may be needed: Debian 10 and RHEL 8 have glibc 2.28, all have GCC 5's. */
const FLOOR = { GLIBC: '2.28', GLIBCXX: '3.4.21', CXXABI: '1.3.9' };

/** Beside them, on musl, what libstdc++ needs itself: GCC links it there in any case. */
const LIBRARIES = {
  glibc:
    /^(lib(c|m)\.so\.6|lib(dl|util)\.so\.2|libpthread\.so\.0|librt\.so\.1|ld-linux-.*|libstdc\+\+\.so\.6)$/,
  musl: /^(libc\.so|libc\.musl-\w+\.so\.1|libstdc\+\+\.so\.6|libgcc_s\.so\.1)$/,
};

/** What the executable that loads the addon has: Node-API; and OpenSSL, of which Node.js alone does. */
const OF_THE_EXECUTABLE =
  /^(napi|node_api|ASN1|BIO|CRYPTO|ERR|EVP|GENERAL_NAMES?|OPENSSL|PEM|PKCS12|SSL|TLS|X509V?3?|d2i|i2d)_/;

/** What the linker adds, and what is only used if it is there. */
const OPTIONAL = /^(_ITM_|__gmon_start__|__cxa_finalize)/;

/** What the addon may show to others. */
const ENTRY_POINTS = /^(napi_register_module_v1|node_api_module_get_api_version_v1)$/;

function tooNew(required, symbols) {
  return required.flatMap((version) => {
    const [, family, number] = /^([A-Z]+)_([\d.]+)$/.exec(version) ?? [];
    const floor = FLOOR[family];
    if (floor !== undefined && compareVersions(number, floor) <= 0) return [];
    const names = symbols.filter((symbol) => symbol.version === version).map(({ name }) => name);
    const why = floor === undefined ? 'is of no known library' : `is newer than ${family}_${floor}`;
    return [`${version} ${why}: ${names.join(', ') || 'no symbol, but the file asks for it'}`];
  });
}

/** What is wrong with a binary; nothing, if it is as it should be. */
export function abiFaults(file) {
  const libc = basename(file).includes('.musl.') ? 'musl' : 'glibc';
  const { needed, required, symbols } = readElf(file);
  const foreign = needed.filter((name) => !LIBRARIES[libc].test(name));
  // musl has no versions: any of its symbols looks like one of the executable's.
  const unknown = symbols.filter(
    ({ name, version, wanted, weak }) =>
      wanted &&
      !weak &&
      version === undefined &&
      libc === 'glibc' &&
      !OF_THE_EXECUTABLE.test(name) &&
      !OPTIONAL.test(name),
  );
  const shown = symbols.filter(({ name, wanted }) => !wanted && !ENTRY_POINTS.test(name));
  return [
    ...foreign.map((name) => `needs the library ${name}`),
    ...tooNew(required, symbols),
    ...unknown.map(({ name }) => `needs ${name}, which nothing is known to have`),
    ...shown.map(({ name }) => `shows ${name} to others`),
  ];
}

/** @throws Failure that names all that is wrong with these files */
export function checkAbi(files) {
  const faults = files.flatMap((file) => abiFaults(file).map((fault) => `${file}: ${fault}`));
  if (faults.length > 0) throw new Failure(faults.join('\n'));
}

if (import.meta.filename === process.argv[1]) {
  await main(() => {
    const named = process.argv.slice(2);
    const prebuilt = filesBelow(at('prebuilds'), ['.node']).filter((file) => /linux-/.test(file));
    const built = at('build/Release/libzookeeper.node');
    const files = [named, prebuilt, existsSync(built) ? [built] : []].find(
      (some) => some.length > 0,
    );
    if (files === undefined)
      throw new Failure('no binary: npm run build:prebuilds, or npm run build');
    checkAbi(files);
    for (const file of files) console.log(`✓ ${file}`);
  });
}
