import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runChild } from '../support/child.js';
import { newDirectory } from '../support/workspace.js';
import { root } from './packed.js';

const addon = join(root, 'build/Release/libzookeeper.node');

function madeDirectory(): string {
  const directory = newDirectory();
  mkdirSync(directory, { recursive: true });
  return directory;
}

/** What scripts/check-abi.mjs says of a file: its lines, without the file's name. */
async function checked(file: string): Promise<{ code: number | null; faults: string[] }> {
  const { code, stderr } = await runChild(join(root, 'scripts/check-abi.mjs'), [file]);
  const faults = stderr.split('\n').filter((line) => line !== '');
  return { code, faults: faults.map((line) => line.replace(`${file}: `, '')) };
}

/** A shared object of the given source, linked as an addon is. */
function compiled(name: string, source: string, ...flags: string[]): string {
  const directory = madeDirectory();
  writeFileSync(join(directory, 'addon.c'), source);
  const object = join(directory, name);
  execFileSync('cc', ['-shared', '-fPIC', '-o', object, join(directory, 'addon.c'), ...flags]);
  return object;
}

const entry = 'void napi_register_module_v1(void)';

describe.runIf(process.platform === 'linux')('the check of binaries', () => {
  it('passes the addon that was built here', async () => {
    expect(await checked(addon)).toEqual({ code: 0, faults: [] });
  });

  it('refuses a symbol of a glibc that is too new', async () => {
    // As the C client would be, without native/port/abi_floor.h.
    const source = `#include <pthread.h>\n${entry} { pthread_detach(pthread_self()); }`;
    const { code, faults } = await checked(compiled('raised.node', source));
    expect(code).toBe(1);
    expect(faults).toEqual(['GLIBC_2.34 is newer than GLIBC_2.28: pthread_detach']);
  });

  it('refuses a library that is neither of libc nor libstdc++', async () => {
    const library = compiled('libother.so', 'void other(void) {}', '-Wl,-soname,libother.so.1');
    const source = `void other(void);\n${entry} { other(); }`;
    const { code, faults } = await checked(compiled('addon.node', source, library));
    expect(code).toBe(1);
    expect(faults).toContain('needs the library libother.so.1');
  });

  it('refuses what would be looked up in vain, but not Node-API and OpenSSL', async () => {
    const names = ['napi_create_object', 'SSL_new', 'sasl_client_new'];
    const declared = names.map((name) => `void ${name}(void);`).join('');
    const called = names.map((name) => `${name}();`).join('');
    const { code, faults } = await checked(
      compiled('addon.node', `${declared}\n${entry} { ${called} }`),
    );
    expect({ code, faults }).toEqual({
      code: 1,
      faults: ['needs sasl_client_new, which nothing is known to have'],
    });
  });

  it('refuses a symbol that others would see', async () => {
    const { faults } = await checked(compiled('addon.node', `void zoo_get(void) {} ${entry} {}`));
    expect(faults).toEqual(['shows zoo_get to others']);
  });

  it('refuses what is no binary', async () => {
    const file = join(madeDirectory(), 'addon.node');
    copyFileSync(join(root, 'package.json'), file);
    const { code, faults } = await checked(file);
    expect(code).toBe(1);
    expect(faults.join('\n')).toMatch(/is no ELF file/);
  });
});
