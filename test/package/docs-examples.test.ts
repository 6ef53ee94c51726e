import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from './packed.js';

/*
 * The examples in the comments of what the package exports: that each has one, and that all compile. An example may use what
 * the package exports without importing it, and these, which a reader will know from the name.
 */
const GIVEN = {
  conn: 'Conn',
  watch: 'Watch',
  server: 'Server',
  ensemble: 'Ensemble',
};

const index = join(root, 'lib/index.ts');
const configFile = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(configFile.config, ts.sys, root);

interface Example {
  readonly name: string;
  readonly code: string;
}

const examples: Example[] = [];
const without: string[] = [];
const exported: string[] = [];

/** Takes in the examples of a symbol's comments, of whichever of its overloads. */
function collect(name: string, declarations: readonly ts.Node[]): void {
  const comments = declarations.flatMap((node) =>
    ts.getJSDocCommentsAndTags(ts.isVariableDeclaration(node) ? node.parent.parent : node),
  );
  const code = comments.flatMap((comment) =>
    [...comment.getText().matchAll(/```ts\n([\s\S]*?)```/g)].map(([, lines = '']) =>
      lines.replace(/^ *\* ?/gm, ''),
    ),
  );
  if (code.length === 0) without.push(name);
  examples.push(...[...new Set(code)].map((each) => ({ name, code: each })));
}

/** The methods and properties of `Conn`, by name: the others are read as a whole. */
function membersOf(declaration: ts.ClassDeclaration): Map<string, ts.ClassElement[]> {
  const members = new Map<string, ts.ClassElement[]>();
  for (const member of declaration.members) {
    if (member.name === undefined || !ts.isIdentifier(member.name)) continue;
    if (ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'internal')) continue;
    members.set(member.name.text, [...(members.get(member.name.text) ?? []), member]);
  }
  return members;
}

beforeAll(() => {
  const program = ts.createProgram([index], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(index) as ts.SourceFile;
  const module = checker.getSymbolAtLocation(source) as ts.Symbol;
  for (const symbol of checker.getExportsOfModule(module)) {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    const { declarations = [] } = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
    exported.push(symbol.name);
    collect(symbol.name, declarations);
    const [declaration] = declarations;
    if (symbol.name === 'Conn' && declaration && ts.isClassDeclaration(declaration))
      for (const [name, members] of membersOf(declaration)) collect(`Conn.${name}`, members);
  }
}, 60_000);

/** The names that an example declares or imports, and all names that it has but for those of properties. */
function namesOf(code: string): { declared: Set<string>; used: Set<string> } {
  const declared = new Set<string>();
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const declares =
        ts.isVariableDeclaration(parent) ||
        ts.isBindingElement(parent) ||
        ts.isImportSpecifier(parent);
      const isProperty =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        (ts.isPropertyAssignment(parent) && parent.name === node);
      if (declares && parent.name === node) declared.add(node.text);
      else if (!isProperty) used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true));
  return { declared, used };
}

/** What goes ahead of an example: imports of what it uses, and what is given. */
function prelude(code: string): string {
  const { declared, used } = namesOf(code);
  const needed = (name: string) => used.has(name) && !declared.has(name);
  const given = Object.entries(GIVEN).filter(([name]) => needed(name));
  const types = given.map(([, type]) => type).filter((type) => !declared.has(type));
  const imported = exported.filter((name) => needed(name) || types.includes(name));
  const declarations = given.map(([name, type]) => `declare const ${name}: ${type};`);
  return `import { ${imported.join(', ')} } from 'libzookeeper';\n${declarations.join('\n')}\n`;
}

describe('the examples of the API documentation', () => {
  it('are there for every symbol that is exported, and every method of Conn', () => {
    expect(exported.length).toBeGreaterThan(60);
    expect(without).toEqual([]);
  });

  it('compile', () => {
    const files = new Map(
      examples.map(({ name, code }, index) => [
        join(root, 'test', `example-${index}-of-${name}.ts`),
        `${prelude(code)}${code}\nexport {};\n`,
      ]),
    );
    const settings = { ...options, verbatimModuleSyntax: false };
    const host = ts.createCompilerHost(settings);
    const { getSourceFile, fileExists, readFile } = host;
    host.fileExists = (file) => files.has(file) || fileExists(file);
    host.readFile = (file) => files.get(file) ?? readFile(file);
    host.getSourceFile = (file, ...rest) => {
      const text = files.get(file);
      return text === undefined
        ? getSourceFile(file, ...rest)
        : ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
    };
    const program = ts.createProgram([...files.keys()], settings, host);
    const faults = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      const message = ts.flattenDiagnosticMessageText(messageText, '\n');
      return `${file?.fileName.slice(root.length)}: ${message}`;
    });
    expect(faults).toEqual([]);
  }, 60_000);
});
