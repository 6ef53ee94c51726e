import { isSequential } from './arguments.js';
import { badArgument, type Call, shown } from './bad-arguments.js';

/** Characters that neither the C client nor the server take: control characters, and some that Java calls private. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const forbidden = /[\u0001-\u001f\u007f-\u009f\ue000-\uf8ff\ufff0-\uffff]/;

/** No server takes a request as long as that, at least not with its own settings. */
const LONGEST_PATH = 1024 * 1024;

/** What is wrong with a path, or undefined. The rules are those of the C client's `isValidPath` and Java's `PathUtils`. */
function fault(path: string): string | undefined {
  if (path === '') return 'must not be empty';
  if (path.length > LONGEST_PATH) return `must not be longer than ${LONGEST_PATH}`;
  if (!path.startsWith('/')) return 'must start with a slash';
  if (path === '/') return undefined;
  if (path.includes('\0')) return 'must not hold a NUL character';
  if (path.endsWith('/')) return 'must not end with a slash';
  if (path.includes('//')) return 'must not hold an empty name';
  if (/\/\.{1,2}(?:\/|$)/.test(path)) return "must not hold the names '.' and '..'";
  if (forbidden.test(path)) return 'must not hold a control character';
  if (!path.isWellFormed()) return 'must not hold a lone surrogate';
  // Java sees two surrogates there, and refuses them like all of its private characters.
  if (/[\u{10000}-\u{10ffff}]/u.test(path)) return 'must not hold a character above U+FFFF';
  return undefined;
}

const SLASH = 0x2f;
const DOT = 0x2e;

/**
 * Whether nothing can be wrong with a path, at a glance: printing ASCII, with no name that is empty or begins with a dot. Most
 * paths are like that, and each operation has one. False says nothing.
 */
function isOrdinary(path: string): boolean {
  const { length } = path;
  if (length > LONGEST_PATH || path.charCodeAt(0) !== SLASH) return false;
  let previous = SLASH;
  for (let index = 1; index < length; index += 1) {
    const character = path.charCodeAt(index);
    if (character < 0x20 || character > 0x7e) return false;
    if (previous === SLASH && (character === SLASH || character === DOT)) return false;
    previous = character;
  }
  return previous !== SLASH || length === 1;
}

/**
 * Validates the path of an operation, before the C client sees it: with a chroot it would let a path without a slash out of
 * it (trap 12 in docs/traps.md).
 *
 * @param isSequential - the server will append a number, so that the path may end in a slash or a dot
 * @throws ZooKeeperError `ZBADARGUMENTS` that says what is wrong
 */
export function checkPath(call: Call, path: unknown, isSequential = false): string {
  if (typeof path === 'string' && isOrdinary(path)) return path;
  if (typeof path !== 'string') {
    throw badArgument(call, `path must be a string, not ${shown(path)}`);
  }
  const wrong = fault(isSequential ? `${path}0` : path);
  if (wrong !== undefined || (isSequential && path === '')) {
    throw badArgument(
      { op: call.op, part: call.part, path: path.length > LONGEST_PATH ? undefined : path },
      `path ${wrong ?? 'must not be empty'}`,
    );
  }
  return path;
}

/**
 * Validates the path of a node to create. Below a chroot, the C client takes `/` for the chroot itself; the number of a
 * sequential node would be appended to that, and the node be none below it.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS` that says what is wrong
 */
export function checkPathToCreate(
  call: Call,
  path: unknown,
  flags: unknown,
  isBelowChroot: boolean,
): string {
  const checked = checkPath(call, path, isSequential(flags));
  if (isBelowChroot && checked === '/' && isSequential(flags)) {
    throw badArgument(
      { op: call.op, part: call.part, path: checked },
      'path must have a name: below a chroot, a sequential node cannot be named by its number alone, in the root',
    );
  }
  return checked;
}

/**
 * Validates the chroot of a connect string; `/` is none.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS` that says what is wrong
 */
export function checkChroot(call: Call, chroot: string): void {
  const wrong = fault(chroot);
  if (wrong !== undefined)
    throw badArgument(call, `servers: the chroot ${JSON.stringify(chroot)} ${wrong}`);
}
