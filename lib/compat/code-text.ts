import { addon } from '../native.js';

const texts = new Map<number, string>();

/** The text of a result code, as callbacks get it: `'no node'`. From `zerror`. */
export function codeText(rc: number): string {
  let text = texts.get(rc);
  if (text === undefined) {
    text = addon.errorMessage(rc);
    texts.set(rc, text);
  }
  return text;
}
