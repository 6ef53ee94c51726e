import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, expect, it } from 'vitest';
import { ensurePeer } from './peer/ensure.mjs';

/*
 * The declarations: what compiles against the original's compiles against ours. One compilation does for all,
 * since most of it goes into Node's own types.
 */

const at = (name: string): string => fileURLToPath(new URL(`./types/${name}`, import.meta.url));

const usage = readFileSync(at('usage.ts'), 'utf8');

/** usage.ts, with nothing changed but the name of the module; it is on no disk. */
const copy = at('usage-of-the-original.ts');
const copied = usage.replace("'libzookeeper/compat'", "'zookeeper'");

let declarations: string;
/** What the compiler says, by the names of the files. */
let complaints: Map<string, string[]>;

beforeAll(async () => {
  declarations = `${await ensurePeer()}/lib/typedeclarations.d.ts`;
  complaints = compile(at('usage.ts'), at('misuse.ts'), at('required.cts'), copy, declarations);
}, 300_000);

function compile(...files: readonly string[]): Map<string, string[]> {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (file) => (file === copy ? copied : readFile(file));
  host.fileExists = (file) => file === copy || fileExists(file);
  const program = ts.createProgram(files, options, host);
  const found = new Map<string, string[]>(files.map((file) => [basename(file), []]));
  for (const { file, start, messageText } of ts.getPreEmitDiagnostics(program)) {
    const line = file?.getLineAndCharacterOfPosition(start ?? 0).line ?? -1;
    const text = `line ${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    const name = basename(file?.fileName ?? 'the compilation');
    found.set(name, [...(found.get(name) ?? []), text]);
  }
  return found;
}

it('a program that uses every member compiles against ours', () => {
  expect(complaints.get('usage.ts')).toEqual([]);
});

it('the same program compiles against the original', () => {
  expect(complaints.get('usage-of-the-original.ts')).toEqual([]);
});

it('it uses every method and property that the original declares', () => {
  const members = [
    ...readFileSync(declarations, 'utf8').matchAll(/^ {4}(?:get |set )?([a-z]\w*)\(/gm),
  ].map(([, name]) => name as string);
  // Those of ZkPromise are deprecated, and are all like one.
  const others = ['constructor', 'put', 'call', 'addErrback', 'addBoth', 'addCallbacks'];
  const used = members.filter((name) => !others.includes(name));
  expect(used.length).toBeGreaterThan(50);
  expect(used.filter((name) => !usage.includes(`.${name}`))).toEqual([]);
});

it('require() has the types, too', () => {
  expect(complaints.get('required.cts')).toEqual([]);
});

it('what makes no sense does not compile', () => {
  expect(complaints.get('misuse.ts')).toEqual([]);
});

it('nothing else is wrong', () => {
  expect([...complaints].filter(([, texts]) => texts.length > 0)).toEqual([]);
});
