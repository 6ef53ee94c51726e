import { createRequire } from 'node:module';
import imported, { default as named } from 'libzookeeper/compat';

const required = createRequire(import.meta.url)('libzookeeper/compat');
const { Promise: destructured, constants } = required;
const isSame = imported === required && named === required && destructured === required;
console.log(
  isSame && constants === imported.constants ? 'the same, promises and all' : 'different',
);
